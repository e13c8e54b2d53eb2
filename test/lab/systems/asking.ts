import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EstateObject } from '../../../src/estate';
import type { Lab, LiveObject } from '../../../src/lab';
import type { Answer, Request } from './inside/request';
import { nodeOf, podsOf } from './running';

/** A system that keeps data: how to ask it, in its own words. */
export interface System {
  readonly namespace: string;
  readonly name: string;
  /** What is missing for all its peers to work together; undefined where nothing is. */
  quorum(ask: Ask): Promise<string | undefined>;
  /** Keeps a value, through a pod of its own. */
  put(ask: Ask, pod: LiveObject, value: string): Promise<unknown>;
  /** The value that was put last, or text that contains it. */
  get(ask: Ask, pod: LiveObject): Promise<string>;
}

/** How to ask pods. */
export interface Ask {
  /** Its pods. */
  readonly pods: readonly LiveObject[];
  /** Runs a command in a pod. */
  exec(pod: LiveObject, ...command: readonly string[]): Promise<string>;
  /** Runs a program of the folder `inside` in the network of a pod. */
  inside(pod: LiveObject, program: string, ...args: readonly string[]): Promise<string>;
  /** Sends requests in the network of a pod. */
  request(pod: LiveObject, ...requests: readonly Request[]): Promise<readonly Answer[]>;
}

const consul: System = {
  namespace: 'discovery',
  name: 'consul',
  async quorum({ pods, exec }) {
    const peers = await exec(pods[0]!, 'consul', 'operator', 'raft', 'list-peers');
    const members = await exec(pods[0]!, 'consul', 'members');
    const [leaders, voters] = [/ leader /g, / true /g].map((pattern) => peers.match(pattern)?.length ?? 0);
    const alive = members.match(/ alive +server /g)?.length;
    return leaders === 1 && voters === 3 && alive === 3 ? undefined : `${peers}${members}`;
  },
  put: ({ exec }, pod, value) => exec(pod, 'consul', 'kv', 'put', 'proof', value),
  get: ({ exec }, pod) => exec(pod, 'consul', 'kv', 'get', 'proof'),
};

/** Short-lived tools in Java: small, for they run beside the server in its memory limit, and started quickly. */
const SMALL_JAVA = '-Xmx48m -XX:+UseSerialGC -XX:TieredStopAtLevel=1';

const zookeeper: System = {
  namespace: 'data',
  name: 'zookeeper',
  async quorum({ pods, exec }) {
    const ask = 'for word in ruok srvr mntr; do echo $word | nc -w 2 127.0.0.1 2181; echo; done';
    const answers = await Promise.all(pods.map((pod) => exec(pod, 'bash', '-c', ask)));
    const text = answers.join('\n');
    const [leaders, followers] = [/^Mode: leader/gm, /^Mode: follower/gm].map(
      (mode) => text.match(mode)?.length ?? 0,
    );
    const isWell = text.match(/^imok$/gm)?.length === 3;
    const isWhole = leaders === 1 && followers === 2 && /^zk_synced_followers\s+2/m.test(text);
    return isWell && isWhole
      ? undefined
      : (text.match(/^(imok|Mode:|zk_synced_followers|This ZooKeeper).*/gm)?.join(', ') ?? text);
  },
  put: (ask, pod, value) => zkCli(ask, pod, '127.0.0.1', `create /proof ${value}\nset /proof ${value}\n`),
  // By the Service for clients, which leads to any server.
  get: (ask, pod) => zkCli(ask, pod, 'zookeeper', 'sync /proof\nget /proof\n'),
};

function zkCli({ exec }: Ask, pod: LiveObject, server: string, commands: string): Promise<string> {
  const script = `printf '${commands}' | CLIENT_JVMFLAGS='${SMALL_JAVA}' zkCli.sh -server ${server}:2181 2>&1`;
  return exec(pod, 'bash', '-c', script);
}

const kafka: System = {
  namespace: 'queuing',
  name: 'kafka',
  async quorum({ pods, exec }) {
    const tool = '/opt/kafka/bin/kafka-metadata-quorum.sh';
    const small = [`KAFKA_HEAP_OPTS=${SMALL_JAVA}`, 'KAFKA_JVM_PERFORMANCE_OPTS='];
    const status = await exec(
      pods[0]!,
      'env',
      ...small,
      tool,
      '--bootstrap-server',
      '127.0.0.1:9092',
      'describe',
      '--replication',
    );
    const [leaders, followers] = [/\tLeader/g, /\tFollower/g].map((role) => status.match(role)?.length ?? 0);
    return leaders === 1 && followers === 2 ? undefined : status;
  },
  put: ({ inside }, pod, value) => inside(pod, 'kafka', 'put', '127.0.0.1:9092', value),
  get: ({ inside }, pod) => inside(pod, 'kafka', 'get', '127.0.0.1:9092'),
};

const nats: System = {
  namespace: 'queuing',
  name: 'nats',
  async quorum({ pods, request }) {
    const urls = ['healthz', 'jsz'].map((page) => ({ url: `http://127.0.0.1:8222/${page}` }));
    const answers = await Promise.all(pods.map((pod) => request(pod, ...urls)));
    const views = answers.map(([, jsz]) => metaOf(jsz!.text));
    const leading = views.filter(({ leader, replicas }) => !replicas?.some(({ name }) => name === leader));
    const isFollowed =
      leading[0]?.replicas?.length === 2 && leading[0].replicas.every(({ current }) => current);
    const isWell = answers.every(([health]) => health?.text.includes('"ok"'));
    return isWell && leading.length === 1 && isFollowed ? undefined : JSON.stringify(answers);
  },
  put: ({ inside }, pod, value) => inside(pod, 'nats', 'put', '127.0.0.1:4222', value),
  get: ({ inside }, pod) => inside(pod, 'nats', 'get', '127.0.0.1:4222'),
};

/** How a server sees the others of JetStream; the leader alone knows how they are. */
interface MetaCluster {
  readonly leader?: string;
  readonly replicas?: readonly { readonly name: string; readonly current: boolean }[];
}

function metaOf(jsz: string): MetaCluster {
  return (JSON.parse(jsz) as { readonly meta_cluster?: MetaCluster }).meta_cluster ?? {};
}

const postgres: System = {
  namespace: 'shop',
  name: 'postgres',
  quorum: async () => undefined,
  put: ({ exec }, pod, value) =>
    psql(
      exec,
      pod,
      `create table if not exists proof (value text); delete from proof; insert into proof values ('${value}')`,
    ),
  get: ({ exec }, pod) => psql(exec, pod, 'select value from proof'),
};

function psql(exec: Ask['exec'], pod: LiveObject, sql: string): Promise<string> {
  return exec(pod, 'psql', '--username=shop', '--tuples-only', '--no-align', `--command=${sql}`);
}

/** Every system of the cluster that keeps data. */
export const systems: readonly System[] = [consul, zookeeper, kafka, nats, postgres];

/** How to ask the pods of a system, or a program; those on a node that is away are left alone. */
export async function asking(
  lab: Lab,
  workload: Pick<EstateObject, 'namespace' | 'name'>,
  lost?: string,
): Promise<Ask> {
  const pods = await podsOf(lab, workload);
  const inside: Ask['inside'] = ({ metadata }, program, ...args) =>
    lab.inNetworkOf(metadata.namespace ?? '', metadata.name, insideCommand(program, args));
  return {
    pods: pods.filter((pod) => nodeOf(pod) !== lost && pod.metadata.deletionTimestamp === undefined),
    exec: ({ metadata }, ...command) => lab.exec(metadata.namespace ?? '', metadata.name, command),
    inside,
    request: async (pod, ...requests) =>
      JSON.parse(await inside(pod, 'request', JSON.stringify(requests))) as readonly Answer[],
  };
}

/** The command line of a program of the folder `inside`. */
export function insideCommand(program: string, args: readonly string[]): string[] {
  const loader = pathToFileURL(require.resolve('tsx')).href;
  return [process.execPath, '--import', loader, join(__dirname, 'inside', `${program}.ts`), ...args];
}
