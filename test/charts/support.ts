import {
  type ClusterEstate,
  containersOf,
  type EstateObject,
  type Json,
  kindOf,
  listIn,
  mapIn,
  matchesSelector,
  numberIn,
  podTemplateOf,
  textIn,
  textMapIn,
} from '../../src/estate';
import type { FluxApp } from '../../src';
import { setHost } from '../../src/construct/host';
import { compileApp, type CompiledApp } from '../../src/pipeline';

/** What this repository's own program makes, compiled. */
export function compileMain(): CompiledApp {
  let made: FluxApp | undefined;
  setHost((app) => (made = app));
  try {
    require('../../main');
  } finally {
    setHost(undefined);
  }
  return compileApp(made!);
}

/** One cluster of it. */
export function clusterOf({ estate }: CompiledApp, name: string): ClusterEstate {
  return estate.clusters.find(({ info }) => info.name === name)!;
}

/** What runs pods. */
export function workloadsOf({ objects }: ClusterEstate): EstateObject[] {
  return objects.filter((object) => podTemplateOf(object));
}

/** The sum of the CPU that all pods of a workload ask for, in thousandths. */
export function millicoresOf(workload: EstateObject): number {
  const replicas = numberIn(workload.body, 'spec', 'replicas') ?? 1;
  const requests = containersOf(podTemplateOf(workload)!).map(({ container }) =>
    Number(textIn(container, 'resources', 'requests', 'cpu')?.replace(/m$/, '')),
  );
  return replicas * requests.reduce((sum, own) => sum + own, 0);
}

/** Who may talk to whom by the policies of a cluster, as `client -> server:port`, with `/UDP` where that is meant. */
export function allowedIn(cluster: ClusterEstate): string[] {
  const workloads = workloadsOf(cluster);
  return workloads
    .flatMap((client) =>
      workloads.flatMap((server) =>
        portsOf(server)
          .filter((port) => isAllowed(cluster, client, server, port))
          .map((port) => `${plainName(client)} -> ${plainName(server)}:${port}`),
      ),
    )
    .toSorted();
}

/** A Job's name ends with a hash. */
function plainName({ kind, name }: EstateObject): string {
  return kind === 'Job' ? name.replace(/-[0-9a-f]{8}$/, '') : name;
}

function portsOf(workload: EstateObject): string[] {
  const ports = containersOf(podTemplateOf(workload)!).flatMap(({ container }) => listIn(container, 'ports'));
  return ports.map(portText);
}

/** `4222`, `8301/UDP` */
function portText(port: Json): string {
  const number = numberIn(port, 'containerPort') ?? numberIn(port, 'port');
  return textIn(port, 'protocol') === 'UDP' ? `${number}/UDP` : `${number}`;
}

function isAllowed(
  cluster: ClusterEstate,
  client: EstateObject,
  server: EstateObject,
  port: string,
): boolean {
  return passes(cluster, 'Egress', client, server, port) && passes(cluster, 'Ingress', server, client, port);
}

/** As the API says it: pods that no policy selects are open, all others only for what some policy lets through. */
function passes(
  { objects }: ClusterEstate,
  direction: 'Ingress' | 'Egress',
  own: EstateObject,
  other: EstateObject,
  port: string,
): boolean {
  const policies = objects.filter(
    (object) =>
      kindOf(object) === 'networking.k8s.io/NetworkPolicy' &&
      object.namespace === own.namespace &&
      listIn(object.body, 'spec', 'policyTypes').includes(direction) &&
      matchesSelector(mapIn(object.body, 'spec', 'podSelector'), podTemplateOf(own)!.labels),
  );
  const [list, peers] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  const rules = policies.flatMap((policy) => listIn(policy.body, 'spec', list));
  return (
    policies.length === 0 ||
    rules.some(
      (rule) =>
        listIn(rule, 'ports').some((one) => portText(one) === port) &&
        (mapIn(rule)[peers] === undefined || listIn(rule, peers).some((one) => isPeer(one, own, other))),
    )
  );
}

function isPeer(peer: ReturnType<typeof listIn>[number], own: EstateObject, other: EstateObject): boolean {
  const { namespaceSelector, podSelector } = mapIn(peer);
  if (podSelector === undefined) return false;
  const near =
    namespaceSelector === undefined
      ? own.namespace === other.namespace
      : textMapIn(namespaceSelector, 'matchLabels')['kubernetes.io/metadata.name'] === other.namespace;
  return near && matchesSelector(mapIn(podSelector), podTemplateOf(other)!.labels);
}
