import { join } from 'node:path';

/** What a lab consists of. */
export interface LabOptions {
  /** The lab's own name: two labs of different names do not know each other. */
  readonly name?: string;
  /** How many real nodes run containers. */
  readonly nodes?: number;
  /** How many nodes only pretend to: pods on them turn Running without a container. */
  readonly kwok?: number;
}

/** The lab written out: every name, address and folder that follows from its options. */
export interface LabPlan {
  readonly name: string;
  readonly folder: string;
  readonly hub: Machine;
  readonly nodes: readonly NodePlan[];
  readonly kwok: readonly string[];
}

/** Something with processes, mounts and a network of its own: the control plane's, or a node's. */
export interface Machine {
  readonly name: string;
  readonly address: string;
}

/** A real node. */
export interface NodePlan extends Machine {
  readonly podCidr: string;
  readonly folder: string;
  readonly cgroup: string;
}

/** The addresses that all labs share: each lab has its own isolated network, so they never meet. */
export const NETWORK = {
  hub: '10.250.0.1',
  prefix: 24,
  podCidr: '10.244.0.0/16',
  kwokCidr: '10.128.0.0/16',
  serviceCidr: '10.96.0.0/16',
  apiService: '10.96.0.1',
  dnsService: '10.96.0.10',
  apiPort: 6443,
} as const;

/** The machine on which everything but the nodes runs. */
export const HUB = 'hub';

/** The domain of the cluster's services. */
export const DOMAIN = 'cluster.local';

const ROOT = '/var/lib/fluxwright-lab';
const LIMIT = { nodes: 100, kwok: 5000 };

/**
 * Writes a lab out.
 * @throws RangeError where an option is nothing that a lab can be.
 */
export function planLab({ name = 'lab', nodes = 3, kwok = 0 }: LabOptions = {}): LabPlan {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name))
    throw new RangeError(`a lab cannot be called "${name}": use up to 20 of a-z, 0-9 and -`);
  checkCount('nodes', nodes, LIMIT.nodes);
  checkCount('kwok', kwok, LIMIT.kwok);
  const folder = join(ROOT, name);
  return {
    name,
    folder,
    hub: { name: HUB, address: NETWORK.hub },
    nodes: numbers(nodes).map((number) => planNode(name, folder, number)),
    kwok: numbers(kwok).map((number) => `kwok-${number}`),
  };
}

/** The name of the control group that holds a lab's pods, under the root of each hierarchy. */
export function cgroupOf(labName: string): string {
  return `fluxwright-lab.${labName}`;
}

function planNode(lab: string, folder: string, number: number): NodePlan {
  const name = `node-${number}`;
  return {
    name,
    address: `10.250.0.${10 + number}`,
    podCidr: `10.244.${number}.0/24`,
    folder: join(folder, 'nodes', name),
    cgroup: `${cgroupOf(lab)}/${name}`,
  };
}

function checkCount(option: string, count: number, most: number): void {
  if (!Number.isInteger(count) || count < 0 || count > most)
    throw new RangeError(`--${option} is a whole number from 0 to ${most}, not ${count}`);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
