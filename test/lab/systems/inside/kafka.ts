/** Runs in the network of a Kafka broker: `put <broker> <value>` into a topic with three copies, or `get <broker>`. */
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';

const TOPIC = 'proof';

async function main([action = '', broker = '', value = '']: readonly string[]): Promise<void> {
  const kafka = new Kafka({
    clientId: 'proof',
    brokers: [broker],
    logLevel: logLevel.NOTHING,
    retry: { retries: 8 },
  });
  await (action === 'put' ? put(kafka, value) : get(kafka));
}

async function put(kafka: Kafka, value: string): Promise<void> {
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
}

/** Prints the value that was put last. */
async function get(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  const [end] = await admin.fetchTopicOffsets(TOPIC);
  await admin.disconnect();
  const last = Number(end?.high) - 1;
  const consumer = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 500 });
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  const value = await new Promise<string>((resolve, reject) => {
    const eachMessage = async ({
      message,
    }: {
      message: { offset: string; value: Buffer | null };
    }): Promise<void> => {
      if (Number(message.offset) === last) resolve(String(message.value));
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  process.stdout.write(value);
  await consumer.disconnect();
}

void main(process.argv.slice(2));
