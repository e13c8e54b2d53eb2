import { connectionsOf } from '../../../src/derive/connections';
import { ownPorts, type PolicyPort, targetPorts } from '../../../src/derive/ports';
import { type EstateObject, kindOf, podTemplateOf, textIn } from '../../../src/estate';
import type { LiveObject } from '../../../src/lab';
import { behind } from '../../../src/units/health';
import { cluster } from './running';
import type { Target } from './inside/connect';

/** What runs pods that stay. A Job has ended, which it could not have without its connections. */
export const workloads: readonly EstateObject[] = cluster.objects.filter(
  (object) => podTemplateOf(object) && kindOf(object) !== 'batch/Job',
);

const connections = connectionsOf(cluster);

/** The ports of a workload that are meant to be open for another, or for its own peers. */
export function openPorts(client: EstateObject, server: EstateObject): readonly PolicyPort[] {
  return connections
    .filter((connection) => connection.client.id === client.id && leadsTo(connection.server, server))
    .flatMap((connection) =>
      server === client ? ownPorts(server) : targetPorts(connection.server!, server, connection.port),
    );
}

/** The ports of a workload that are meant to be open for everybody outside. */
export function publicPorts(workload: EstateObject): readonly PolicyPort[] {
  return services
    .filter(
      (service) => PUBLIC.test(textIn(service.body, 'spec', 'type') ?? '') && leadsTo(service, workload),
    )
    .flatMap((service) => targetPorts(service, workload, undefined));
}

/** Whether a workload is somebody for the API server; all others have no token. */
export function callsApiServer(workload: EstateObject): boolean {
  return podTemplateOf(workload)?.spec['serviceAccountName'] !== undefined;
}

/** Where a client connects beside its own peers, by the names that it uses itself. */
export function namesUsed(client: EstateObject): Target[] {
  return connections
    .filter(({ client: { id }, server }) => id === client.id && server && !leadsTo(server, client))
    .flatMap(({ server, service, namespace, port }) => {
      const host = `${service}.${namespace}.svc.cluster.local`;
      return servicePorts(server!)
        .filter((one) => (port === undefined || one.port === port) && one.protocol !== 'UDP')
        .map(({ port: number, protocol = 'TCP' }) => ({ host, port: number, protocol }));
    });
}

const PUBLIC = /^(NodePort|LoadBalancer)$/;
const services = cluster.objects.filter((object) => kindOf(object) === 'Service');

function leadsTo(service: EstateObject | undefined, workload: EstateObject): boolean {
  return service !== undefined && behind(service, [workload]).includes(workload);
}

interface ServicePort {
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

function servicePorts({ body }: EstateObject): readonly ServicePort[] {
  return (body['spec'] as { readonly ports?: readonly ServicePort[] } | undefined)?.ports ?? [];
}

/** Every port that a pod of a workload says it serves. */
export function portsAt(workload: EstateObject, pod: LiveObject): Target[] {
  const host = pod.status?.['podIP'] as string;
  return ownPorts(workload).map(({ port, protocol }) => ({
    host,
    port,
    protocol: protocol as Target['protocol'],
  }));
}
