import type { NodePlan } from './plan';
import { NETWORK } from './plan';
import { run } from './process';

/** Commands of `ip`, each with the process in whose network it is to run. */
export type Placed = readonly [pid: number, command: string];

/**
 * How a node's network joins the hub's bridge. The hub passes packets on between the pods of all nodes. What makes
 * it complete comes last.
 */
export function connection(node: NodePlan, hub: number, own: number): Placed[] {
  return [
    [hub, `link add ${node.name} type veth peer name eth0 netns ${own}`],
    [hub, `link set ${node.name} master br0 up`],
    [hub, `route replace ${node.podCidr} via ${node.address}`],
    [own, `addr add ${node.address}/${NETWORK.prefix} dev eth0`],
    [own, 'link set eth0 up'],
    [own, `route add default via ${NETWORK.hub}`],
  ];
}

/** Joins a node's network to the hub's. What an ended node of the same name left behind goes first. */
export async function connectNode(node: NodePlan, hub: number, own: number): Promise<void> {
  await ip([hub, `link del ${node.name}`]).catch(() => '');
  for (const command of connection(node, hub, own)) await ip(command);
}

/** Whether a machine's network has been joined to the end. */
export async function isConnected(own: number): Promise<boolean> {
  return (await ip([own, 'route show default'])) !== '';
}

function ip([pid, command]: Placed): Promise<string> {
  return run('nsenter', [`--target=${pid}`, '--net', '--', 'ip', ...command.split(' ')]);
}
