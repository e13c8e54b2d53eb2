import { containersOf, type EstateObject, type JsonObject, podTemplateOf } from '../estate';

/** A port in the form of a NetworkPolicy. */
export interface PolicyPort {
  readonly port: number;
  readonly protocol: string;
}

interface ServicePort {
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol?: string;
}

/** The ports of its pods that a Service leads to; of one of its ports, or of all. */
export function targetPorts(
  service: EstateObject,
  pods: EstateObject,
  port: number | undefined,
): PolicyPort[] {
  const all = ((service.body['spec'] as JsonObject | undefined)?.['ports'] ??
    []) as unknown as readonly ServicePort[];
  const wanted = port === undefined ? all : all.filter((one) => one.port === port);
  return wanted.flatMap(({ port: own, targetPort = own, protocol = 'TCP' }) => {
    const number = typeof targetPort === 'number' ? targetPort : namedPort(pods, targetPort);
    return number === undefined ? [] : [{ port: number, protocol }];
  });
}

/** Every port that the containers of a workload say they serve. */
export function ownPorts(workload: EstateObject): PolicyPort[] {
  return containerPorts(workload).map(({ containerPort, protocol = 'TCP' }) => ({
    port: containerPort,
    protocol,
  }));
}

interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: string;
}

function namedPort(workload: EstateObject, name: string): number | undefined {
  return containerPorts(workload).find((port) => port.name === name)?.containerPort;
}

function containerPorts(workload: EstateObject): readonly ContainerPort[] {
  const template = podTemplateOf(workload);
  if (!template) return [];
  return containersOf(template).flatMap(
    ({ container }) => (container['ports'] ?? []) as unknown as readonly ContainerPort[],
  );
}
