import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binaryFolder } from './binaries';
import { createCgroup, removeCgroup } from './cgroup';
import { connectNode, isConnected } from './network';
import { HUB, NETWORK, type LabPlan, type NodePlan } from './plan';
import { childrenOf, endLab, endProcesses, labProcesses, mainProcess, startProcess } from './process';
import { PATH } from './requirements';
import { LabError, waitFor } from './wait';

/** The component whose one process holds a machine's namespaces: it does nothing, and everything ends with it. */
export function initOf(machine: string): string {
  return `${machine}/init`;
}

/** The process that holds a machine's namespaces, if the machine runs. */
export function machinePid(plan: LabPlan, machine: string): number | undefined {
  return mainProcess(labProcesses(plan.name), initOf(machine))?.pid;
}

/** Makes the machine that everything but the nodes runs on. Harmless where it runs. */
export async function startHub(plan: LabPlan): Promise<void> {
  if (machinePid(plan, HUB) !== undefined) return;
  // The nodes' links have ended with the hub that they led to.
  await endLab(plan.name);
  await startMachine(plan, HUB, hubScript(plan));
}

/** Makes a node's machine and joins it to the hub's network. Harmless where it runs. */
export async function startNodeMachine(plan: LabPlan, node: NodePlan): Promise<void> {
  const running = machinePid(plan, node.name);
  if (running !== undefined && (await isConnected(running))) return;
  await stopMachine(plan, node.name);
  prepareNode(node);
  const own = await startMachine(plan, node.name, nodeScript(plan, node));
  const hub = machinePid(plan, HUB);
  if (hub === undefined) throw new LabError(`the hub has ended while ${node.name} was started`);
  await connectNode(node, hub, own);
}

/** Cuts a machine's power: with its first process the kernel ends all others on it. */
export async function stopMachine(plan: LabPlan, machine: string): Promise<void> {
  const init = labProcesses(plan.name).filter(({ component }) => component === initOf(machine));
  await endProcesses(init, 0);
}

/** The command line that runs a command on a machine. */
export function onMachine(pid: number, command: readonly string[]): string[] {
  const enter = ['--mount', '--net', '--pid', '--uts', '--ipc'];
  return ['nsenter', `--target=${pid}`, ...enter, '--', ...command];
}

const NAMESPACES = [
  '--mount',
  '--net',
  '--pid',
  '--uts',
  '--ipc',
  '--propagation=private',
  '--fork',
  '--kill-child',
  '--mount-proc',
];

/** Whoever waits for children ignores them: the kernel then buries what pods and shims leave behind. */
const SLEEP = 'exec sleep infinity';
const PROLOGUE = "trap '' CHLD; ip link set lo up; echo 1 > /proc/sys/net/ipv4/ip_forward";

async function startMachine(plan: LabPlan, machine: string, script: string): Promise<number> {
  const log = join(plan.folder, 'logs', machine, 'init.log');
  const command = ['unshare', ...NAMESPACES, 'sh', '-euc', script];
  startProcess({ lab: plan.name, component: initOf(machine), command, env: { PATH }, log });
  const missing = async (): Promise<string | undefined> =>
    isAsleep(plan, machine) ? undefined : 'its namespaces are not set up';
  await waitFor({ what: `machine ${machine} does not run`, seconds: 20, missing, log });
  return machinePid(plan, machine) ?? 0;
}

function isAsleep(plan: LabPlan, machine: string): boolean {
  const init = mainProcess(labProcesses(plan.name), initOf(machine));
  return init?.program === 'sleep' && childrenOf(init.pid).length === 0;
}

/**
 * The hub has the bridge that joins all machines. Its default route leads nowhere: programs that look for the
 * machine's own address find one, and packets to the outside find nobody.
 */
function hubScript({ folder }: LabPlan): string {
  return [
    PROLOGUE,
    `mount --bind ${folder}/resolv.conf /etc/resolv.conf`,
    'echo 0 > /proc/sys/net/ipv4/conf/all/send_redirects',
    'ip link add br0 type bridge',
    `ip addr add ${NETWORK.hub}/${NETWORK.prefix} dev br0`,
    'ip link set br0 up',
    'ip route add default dev br0',
    SLEEP,
  ].join('\n');
}

/** Folders that programs write to under fixed names: each node has its own, so that it finds itself alone. */
const OWN_FOLDERS: Readonly<Record<string, string>> = {
  '/var/lib/kubelet': 'kubelet',
  '/var/lib/containerd': 'containerd',
  '/var/lib/cni': 'cni',
  '/var/lib/volumes': 'volumes',
  '/var/log': 'log',
};

/** What kubelet sets for the whole kernel: it finds these already as it wants them, and leaves the kernel alone. */
const KERNEL_SETTINGS: Readonly<Record<string, string>> = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
};

function nodeScript({ folder }: LabPlan, node: NodePlan): string {
  return [
    PROLOGUE,
    'echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables || true',
    `echo ${node.name} > /proc/sys/kernel/hostname`,
    ...Object.keys(KERNEL_SETTINGS).map((key) => `mount --bind ${settingFile(node, key)} /proc/sys/${key}`),
    `mount --bind ${binaryFolder()} ${folder}/bin`,
    `mount --rbind ${folder} /mnt`,
    'mount -t tmpfs -o mode=755 tmpfs /run',
    'mount -t tmpfs -o mode=755 tmpfs /var/lib',
    `mkdir -p /run/lock ${folder}`,
    `mount --move /mnt ${folder}`,
    ...Object.entries(OWN_FOLDERS).map(
      ([at, own]) => `mkdir -p ${at}; mount --bind ${node.folder}/${own} ${at}`,
    ),
    'mount --make-rshared /',
    SLEEP,
  ].join('\n');
}

/** Groups of pods that ended with the node would hold its kubelet up: it waits three seconds for each of them. */
function prepareNode(node: NodePlan): void {
  removeCgroup(node.cgroup);
  for (const own of Object.values(OWN_FOLDERS)) mkdirSync(join(node.folder, own), { recursive: true });
  mkdirSync(join(node.folder, 'kernel'), { recursive: true });
  for (const [key, value] of Object.entries(KERNEL_SETTINGS))
    writeFileSync(settingFile(node, key), `${value}\n`);
  createCgroup(node.cgroup);
}

function settingFile(node: NodePlan, key: string): string {
  return join(node.folder, 'kernel', key.replaceAll('/', '.'));
}
