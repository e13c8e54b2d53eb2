/**
 * Runs in the network of a Kafka broker: `put <broker> <value>` keeps a value in a topic with three copies, and
 * `get <broker>` prints the last one. `values <broker> <topic>` prints all that is in a topic, as JSON, and
 * `left <broker> <topic> <group>` how much of it a group has not committed.
 */
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';

const TOPIC = 'proof';

async function main([action = '', broker = '', ...args]: readonly string[]): Promise<void> {
  const kafka = new Kafka({
    clientId: 'proof',
    brokers: [broker],
    logLevel: logLevel.NOTHING,
    retry: { retries: 8 },
  });
  process.stdout.write((await actions[action]?.(kafka, args)) ?? '');
}

type Action = (kafka: Kafka, args: readonly string[]) => Promise<string>;

const actions: Readonly<Record<string, Action>> = {
  put: (kafka, [value = '']) => put(kafka, value),
  get: async (kafka) => (await valuesOf(kafka, TOPIC)).at(-1) ?? '',
  values: async (kafka, [topic = '']) => JSON.stringify(await valuesOf(kafka, topic)),
  left: async (kafka, [topic = '', group = '']) => String(await leftOf(kafka, topic, group)),
};

async function put(kafka: Kafka, value: string): Promise<string> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic: TOPIC, numPartitions: 1, replicationFactor: 3 }],
    waitForLeaders: true,
  });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: TOPIC, acks: -1, messages: [{ value }] });
  await producer.disconnect();
  return value;
}

/** The offset of each partition's next message. */
async function endsOf(kafka: Kafka, topic: string): Promise<Map<number, number>> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  return new Map(ends.map(({ partition, high }) => [partition, Number(high)]));
}

/** Every value of a topic up to now; those of one partition are in their order. */
async function valuesOf(kafka: Kafka, topic: string): Promise<string[]> {
  const ends = await endsOf(kafka, topic);
  const left = new Map([...ends].filter(([, end]) => end > 0));
  const values: string[] = [];
  if (left.size === 0) return values;
  const consumer = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 500 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ partition, message }: EachMessage): Promise<void> => {
      const end = ends.get(partition) ?? 0;
      if (Number(message.offset) < end) values.push(String(message.value));
      if (Number(message.offset) >= end - 1) left.delete(partition);
      if (left.size === 0) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return values;
}

interface EachMessage {
  readonly partition: number;
  readonly message: { readonly offset: string; readonly value: Buffer | null };
}

/** How many messages of a topic a group has not committed yet. */
async function leftOf(kafka: Kafka, topic: string, groupId: string): Promise<number> {
  const ends = await endsOf(kafka, topic);
  const admin = kafka.admin();
  await admin.connect();
  const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
  await admin.disconnect();
  const left = group!.partitions.map(
    ({ partition, offset }) => ends.get(partition)! - Math.max(0, Number(offset)),
  );
  return left.reduce((sum, count) => sum + count, 0);
}

void main(process.argv.slice(2));
