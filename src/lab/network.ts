import type { NodePlan } from './plan';
import { NETWORK } from './plan';
import { run } from './process';
import { LabError } from './wait';

/** Joins a node's network to the hub's bridge, with routes between the pods of all nodes. */
export async function connectNode(
  hub: number | undefined,
  own: number | undefined,
  node: NodePlan,
  all: readonly NodePlan[],
): Promise<void> {
  if (hub === undefined || own === undefined)
    throw new LabError(`${node.name} has ended while it was connected`);
  const commands = [...hubCommands(node, own), ...nodeCommands(node, all)];
  for (const [where, command] of commands) {
    await run('nsenter', [
      `--target=${where === 'hub' ? hub : own}`,
      '--net',
      '--',
      'ip',
      ...command.split(' '),
    ]);
  }
}

type Placed = readonly ['hub' | 'node', string];

/** A link that an ended node left behind is gone with its network; a route to its pods is replaced. */
export function hubCommands(node: NodePlan, pid: number): Placed[] {
  return [
    ['hub', `link add ${node.name} type veth peer name eth0 netns ${pid}`],
    ['hub', `link set ${node.name} master br0 up`],
    ['hub', `route replace ${node.podCidr} via ${node.address}`],
  ];
}

export function nodeCommands(node: NodePlan, all: readonly NodePlan[]): Placed[] {
  const others = all.filter(({ name }) => name !== node.name);
  return [
    ['node', `addr add ${node.address}/${NETWORK.prefix} dev eth0`],
    ['node', 'link set eth0 up'],
    ['node', `route add default via ${NETWORK.hub}`],
    ...others.map((other): Placed => ['node', `route replace ${other.podCidr} via ${other.address}`]),
  ];
}
