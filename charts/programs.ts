import type { ProgramSpec } from 'fluxwright';

/** The version of our own programs, and of their images and charts. */
export const version = '0.1.0';

/** The image of one of our own programs. */
export function image(program: string): string {
  return `ghcr.io/fluxwright/${program}:${version}`;
}

/** Writes ratings to Kafka whenever somebody looks at its page. */
export const ratingsProducer: ProgramSpec = {
  image: image('ratings-producer'),
  port: 3000,
  env: { KAFKA_BROKERS: 'localhost:9092', TOPIC: 'erboh-ratings' },
};

/** Reads ratings from Kafka and shows who is ahead. */
export const ratingsConsumer: ProgramSpec = {
  image: image('ratings-consumer'),
  port: 3001,
  env: { KAFKA_BROKERS: 'localhost:9092', TOPIC: 'erboh-ratings' },
};
