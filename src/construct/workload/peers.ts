import type { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { namespaceOf } from '../references';

/** The members of a stateful cluster, by the names that they keep for life. */
export interface Peers {
  readonly count: number;
  /** The name of the Service that gives each peer its own address. */
  readonly service: string;
  /** The host name that stands for all peers. */
  readonly host: string;
  /** The pods' names, in order. */
  readonly names: readonly string[];
  /** The pods' full host names, in order. */
  readonly hosts: readonly string[];
}

/** The peers of a cluster of this name, below a construct that says namespace and domain. */
export function peersOf(scope: Construct, name: string, count: number): Peers {
  const service = `${name}-headless`;
  const host = `${service}.${namespaceOf(scope)}.svc.${Cluster.tryOf(scope)?.domain ?? 'cluster.local'}`;
  const names = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  return { count, service, host, names, hosts: names.map((pod) => `${pod}.${host}`) };
}
