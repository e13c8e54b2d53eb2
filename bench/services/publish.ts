import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { openKafka } from '../../test/systems/kafka';
import { post } from './http';
import { compare } from './load';
import { ready, start } from '../../test/systems/processes';
import { settled, type Row } from './row';

const topic = 'messages';

/** Publishing through the api, next to the client library that it uses, on one broker. */
export async function publishing(clients: number): Promise<Row> {
  const broker = await openKafka();
  try {
    await broker.start();
    await broker.createTopic(topic);
    const api = await start('api', { BROKERS: broker.bootstrap, TOPIC: topic });
    await ready(api);
    const memory = await settled(() => [api.memory()]);
    const bare = await producerAt(broker.bootstrap);
    const measured = await compare(
      (number) => post(`${api.url}/api/publish/message-${number}`, 201),
      (number) => bare.send({ topic, acks: -1, messages: [{ value: `message-${number}` }] }),
      clients,
    );
    await bare.disconnect();
    return { what: 'api: publish', beside: 'kafkajs alone', clients, ...measured, memory };
  } finally {
    await broker.remove();
  }
}

async function producerAt(bootstrap: string) {
  const client = new Kafka({ brokers: [bootstrap], logLevel: logLevel.ERROR });
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  return producer;
}
