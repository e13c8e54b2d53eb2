import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, Partitioners, type EachMessagePayload } from 'kafkajs';
import { kafkaVersion } from '../../charts/versions';
import { imageFor } from '../../src/images';
import { defaultCache } from '../../src/images/folders';
import { buildLayer } from '../../src/images/layer';
import { freePort } from './ports';

/** One real broker on the loopback interface, without replicas. */
export interface KafkaServer {
  /** `127.0.0.1:port`; the same however often it is started. */
  readonly bootstrap: string;
  /** Starts it, and waits until it answers. Overrides hold until it is killed. */
  start(overrides?: Readonly<Record<string, string>>): Promise<void>;
  /** At once, as when a machine is lost. */
  kill(): Promise<void>;
  createTopic(topic: string, partitions?: number): Promise<void>;
  publish(topic: string, values: readonly (Buffer | null)[]): Promise<void>;
  /** The first values of a topic, from its beginning. */
  read(topic: string, count: number): Promise<(Buffer | null)[]>;
  /** Kills it and forgets its data. */
  remove(): Promise<void>;
}

/** What a broker needs that is not here; undefined where all is. */
export function missingForKafka(): string | undefined {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const [, version = '0'] = /version "(\d+)/.exec(stderr ?? '') ?? [];
  if (status === 0 && Number(version) >= 17) return undefined;
  return 'Kafka needs Java 17: apt-get install openjdk-17-jre-headless maven';
}

/** The broker of the image that the estate names, not started yet. Its jars come from Maven's repository, once. */
export async function openKafka(): Promise<KafkaServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kafka-'));
  await unpackJars(folder);
  const [port, controller] = [await freePort(), await freePort()];
  const bootstrap = `127.0.0.1:${port}`;
  const properties = propertiesOf(folder, bootstrap, `127.0.0.1:${controller}`);
  const file = join(folder, 'server.properties');
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  execFileSync(
    'java',
    java(folder, 'kafka.tools.StorageTool', 'format', '-t', 'Hn3yQdUKTuGXZ1lT4bq8Aw', '-c', file),
    { stdio: 'pipe' },
  );
  let running: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    await killed(running);
    running = undefined;
  };
  return {
    bootstrap,
    kill,
    start: async (overrides = {}) => {
      const flags = Object.entries(overrides).flatMap(([key, value]) => ['--override', `${key}=${value}`]);
      running = spawn('java', java(folder, 'kafka.Kafka', file, ...flags), { stdio: 'ignore' });
      await answering(bootstrap);
    },
    createTopic: (topic, partitions = 3) => createTopic(bootstrap, topic, partitions),
    publish: (topic, values) => publish(bootstrap, topic, values),
    read: (topic, count) => read(bootstrap, topic, count),
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

async function unpackJars(folder: string): Promise<void> {
  const jars = imageFor(`apache/kafka:${kafkaVersion}`)?.layers.find(({ kind }) => kind === 'maven');
  if (!jars) throw new Error(`the image of Kafka ${kafkaVersion} has no jars`);
  const { file } = await buildLayer(jars, defaultCache());
  execFileSync('tar', ['--extract', '--gzip', '--file', file, '--directory', folder]);
}

function java(folder: string, main: string, ...args: readonly string[]): string[] {
  return ['-Xmx512m', '-XX:+UseSerialGC', '-cp', `${join(folder, 'opt/kafka/libs')}/*`, main, ...args];
}

function propertiesOf(folder: string, bootstrap: string, controller: string): Record<string, string> {
  const logs = join(folder, 'data');
  mkdirSync(logs);
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://${bootstrap},CONTROLLER://${controller}`,
    'log.dirs': logs,
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'group.initial.rebalance.delay.ms': '0',
    // A broker that was killed is let in again only when its old session has ended.
    'broker.heartbeat.interval.ms': '500',
    'broker.session.timeout.ms': '3000',
  };
}

async function answering(bootstrap: string): Promise<void> {
  await insisting(() => asAdmin(bootstrap, async (admin) => void (await admin.describeCluster())));
}

async function createTopic(bootstrap: string, topic: string, numPartitions: number): Promise<void> {
  await asAdmin(bootstrap, async (admin) => {
    await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: false });
    await insisting(() => hasLeaders(admin, topic));
  });
}

/** A broker that is busy tells of a topic some time after it has made it. */
async function hasLeaders(admin: Admin, topic: string): Promise<void> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const isLed = topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  if (!isLed) throw new Error(`topic ${topic} has no leaders`);
}

async function insisting<T>(attempt: () => Promise<T>): Promise<T> {
  for (const started = Date.now(); ; await sleep(200)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() - started > 60_000) throw error;
    }
  }
}

async function publish(bootstrap: string, topic: string, values: readonly (Buffer | null)[]): Promise<void> {
  const producer = clientOf(bootstrap).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  await producer.disconnect();
}

async function read(bootstrap: string, topic: string, count: number): Promise<(Buffer | null)[]> {
  const consumer = clientOf(bootstrap).consumer({ groupId: 'look' });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: (Buffer | null)[] = [];
  await new Promise<void>((done) => {
    const eachMessage = async ({ message }: EachMessagePayload): Promise<void> => {
      if (values.push(message.value) === count) done();
    };
    void consumer.run({ eachMessage });
  });
  await consumer.disconnect();
  return values;
}

function clientOf(bootstrap: string): Kafka {
  return new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING, retry: { retries: 3 } });
}

type Admin = ReturnType<Kafka['admin']>;

async function asAdmin(bootstrap: string, work: (admin: Admin) => Promise<void>): Promise<void> {
  const admin = clientOf(bootstrap).admin();
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}
