import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PolicyPort } from '../../../src/derive/ports';
import type { EstateObject } from '../../../src/estate';
import { type Lab, type LiveObject, NETWORK } from '../../../src/lab';
import { dial, gatewaySocket } from '../../../src/lab/gateway';
import { prove, table } from '../proof';
import { insideCommand } from './asking';
import { callsApiServer, namesUsed, openPorts, portsAt, publicPorts, workloads } from './connections';
import type { Target } from './inside/connect';
import { CLUSTER, MINUTES, podsOf, runningLab } from './running';

/** A port of a pod on which somebody listens: what does not answer there is kept out. */
interface Port extends Target {
  readonly of: EstateObject;
  readonly pod: LiveObject;
}

/** How long to wait for an answer to come from nowhere, in milliseconds. */
const PATIENCE = 4000;
const shown: string[] = [];
const counts = { open: 0, closed: 0 };
/** Whom each workload gets through to: `<id> <id>` → ports. */
const matrix = new Map<string, Set<string>>();
let lab: Lab;
let pods: ReadonlyMap<EstateObject, readonly LiveObject[]>;
let ports: readonly Port[];
let tried: ReadonlyMap<EstateObject, Promise<Tried>>;

beforeAll(async () => {
  lab = await runningLab();
  const found = workloads.map(async (workload) => [workload, await podsOf(lab, workload)] as const);
  pods = new Map(await Promise.all(found));
  const own = [...pods].flatMap(([of, list]) => list.map((pod) => ({ of, pod })));
  ports = (await Promise.all(own.map(listening))).flat();
  tried = tryAll();
}, 12 * MINUTES);

afterAll(() => {
  prove('firewall', [
    `## What cluster \`${CLUSTER}\` lets through\n`,
    `Tried from the network of a pod of each program, at every pod and port on which somebody listens: ${counts.open} tries got through, as a connection says, and ${counts.closed} did not, for there is none.\n`,
    ...shown.map((line) => `- ${line}`),
    '\nWho (rows) gets through to whom (columns), and where:\n',
    ...matrixTable(),
    '',
  ]);
});

function matrixTable(): string[] {
  const cell = (of: EstateObject, to: EstateObject): string =>
    [...(matrix.get(`${of.id} ${to.id}`) ?? [])].join(' ') || '·';
  const rows = workloads.map((of) => [`**${of.name}**`, ...workloads.map((to) => cell(of, to))]);
  return table(['', ...workloads.map(({ name }) => name)], rows);
}

/** The ports of a pod that answer where no policy can be in the way: from the pod itself. */
async function listening({ of, pod }: Pick<Port, 'of' | 'pod'>): Promise<Port[]> {
  const targets = portsAt(of, pod).map((target) => ({ ...target, of, pod }));
  const answering = await answeringFrom(pod, targets);
  return targets.filter((target) => answering.includes(label(target)));
}

/** What a workload is tried with: the ports of all other pods, those of them that are meant to be open, names. */
function targetsOf(client: EstateObject) {
  const [pod] = pods.get(client)!;
  const others = ports.filter((port) => port.pod !== pod);
  const open = others.filter((port) => has(openPorts(client, port.of), port));
  return { others, open, names: namesUsed(client) };
}

const tcp = (host: string, port: number): Target => ({ host, port, protocol: 'TCP' });

const dns: readonly Target[] = [NETWORK.dnsService, NETWORK.hub].flatMap((host): Target[] => [
  { host, port: 53, protocol: 'UDP' },
  tcp(host, 53),
]);

/** The API server, by the address of its machine and by that of its Service. */
const apiServer: readonly Target[] = [tcp(NETWORK.hub, NETWORK.apiPort), tcp(NETWORK.apiService, 443)];

/** What is there beside pods and DNS. */
function machines(): Target[] {
  const nodes = lab.plan.nodes.map(({ address }) => tcp(address, 10250));
  return [tcp(NETWORK.hub, 443), tcp(NETWORK.hub, NETWORK.apiPort), ...nodes];
}

interface Tried {
  readonly meant: readonly string[];
  readonly found: readonly string[];
}

async function tryFrom(client: EstateObject): Promise<Tried> {
  const [pod] = pods.get(client)!;
  const { others, open, names } = targetsOf(client);
  const outside = [...machines(), tcp('example.com', 443), tcp(NETWORK.apiService, 443)];
  const meant = [...open, ...names, ...dns, ...(callsApiServer(client) ? apiServer : [])].map(label);
  return {
    meant,
    found: await settled(meant, () => answeringFrom(pod!, [...others, ...names, ...dns, ...outside])),
  };
}

/** Tries from some workloads at a time: most of it is waiting for what does not answer. */
function tryAll(): ReadonlyMap<EstateObject, Promise<Tried>> {
  const lanes: Promise<unknown>[] = Array.from({ length: 3 }, () => Promise.resolve());
  const attempts = workloads.map((workload, index) => {
    const attempt = lanes[index % lanes.length]!.then(() => tryFrom(workload));
    lanes[index % lanes.length] = attempt.catch(() => undefined);
    return [workload, attempt] as const;
  });
  return new Map(attempts);
}

/** Which targets answer, tried from the network of a pod. */
async function answeringFrom({ metadata }: LiveObject, targets: readonly Target[]): Promise<string[]> {
  const plain = targets.map(({ host, port, protocol }) => ({ host, port, protocol }));
  const command = insideCommand('connect', [JSON.stringify(plain)]);
  const answers = JSON.parse(
    await lab.inNetworkOf(metadata.namespace ?? '', metadata.name, command),
  ) as boolean[];
  return targets.filter((_, index) => answers[index]).map(label);
}

/** Which targets answer, tried from outside of all pods. */
async function answeringOutside(targets: readonly Target[]): Promise<string[]> {
  const answers = await Promise.all(targets.map(isReachedFromHub));
  return targets.filter((_, index) => answers[index]).map(label);
}

function isReachedFromHub({ host, port }: Target): Promise<boolean> {
  return dial(gatewaySocket(lab.plan), host, port, AbortSignal.timeout(PATIENCE)).then(
    (socket) => socket.destroy().destroyed,
    () => false,
  );
}

function label(target: Target & Partial<Port>): string {
  const { host, port, protocol, pod } = target;
  return `${pod?.metadata.name ?? host}:${port}/${protocol}`;
}

const SETTLING = 60_000;

/** What answers once that is what is meant to, or in the end: a pod that is new is let through after a moment. */
async function settled(
  meant: readonly string[],
  attempt: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  for (const end = Date.now() + SETTLING; ; await sleep(2000)) {
    const found = await attempt();
    if (isDeepStrictEqual(found, meant) || Date.now() > end) return found;
  }
}

const has = (list: readonly PolicyPort[], { port, protocol }: Target): boolean =>
  list.some((one) => one.port === port && one.protocol === protocol);

test('every workload listens on some port, so that there is something to be kept away from', () => {
  const silent = workloads.filter((workload) => !ports.some(({ of }) => of === workload));
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test.each(workloads.map((workload): [string, EstateObject] => [workload.name, workload]))(
  'a pod of %s gets through to what it is connected with, by name too, to DNS, and to the API server where it is somebody there; to nothing else in the world',
  async (_name, client) => {
    const { meant, found } = await tried.get(client)!;
    expect(found).toEqual(meant);
    note(client);
  },
  4 * MINUTES,
);

function note(client: EstateObject): void {
  const { others, open, names } = targetsOf(client);
  counts.open += open.length;
  counts.closed += others.length - open.length;
  for (const { of, port, protocol } of open) {
    const key = `${client.id} ${of.id}`;
    const text = protocol === 'TCP' ? String(port) : `${port}/udp`;
    matrix.set(key, (matrix.get(key) ?? new Set()).add(text));
  }
  const used = names.map(({ host, port }) => `${host}:${port}`);
  if (used.length > 0) shown.push(`${client.name} reaches ${used.join(', ')}.`);
}

test('the API server, the nodes and the mirror that stands for the rest of the world are there, for who may reach them', async () => {
  expect(await answeringOutside(machines())).toEqual(machines().map(label));
  const callers = workloads.filter(callsApiServer).map(({ name }) => name);
  shown.push(
    `Every pod reaches DNS, ${callers.join(', ')} alone the API server; none reaches a node, or the mirror that stands for the rest of the world.`,
  );
});

test(
  'from outside of the cluster those ports are reached that a Service opens to it, and no others',
  async () => {
    const all = ports.filter(({ protocol }) => protocol === 'TCP');
    const open = all.filter((port) => has(publicPorts(port.of), port));
    const meant = open.map(label);
    expect(await settled(meant, () => answeringOutside(all))).toEqual(meant);
    const names = new Set(open.map(({ of, port }) => `${of.name}:${port}`));
    shown.push(
      `From outside, ${[...names].join(', ')} are reached, and none of the other ${all.length - open.length} ports.`,
    );
  },
  4 * MINUTES,
);
