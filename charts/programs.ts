import { podField, type ProgramSpec } from 'fluxwright';
import { patience } from './probes';

/** The version of our own programs, and of their images and charts. */
export const version = '0.1.0';

/** One of our own programs, by the name of its folder in `services/`: small, unless it says otherwise. */
export function program(name: string, particulars: Omit<ProgramSpec, 'image'>): ProgramSpec {
  return { image: `ghcr.io/fluxwright/${name}:${version}`, resources: small, live: alive, ...particulars };
}

const alive = { http: '/health', port: 'http', ...patience };
const small = { requests: { cpu: '20m', memory: '96Mi' }, limits: { memory: '256Mi' } };

/** Writes ratings to Kafka whenever somebody looks at its page. */
export const ratingsProducer = program('ratings-producer', {
  port: 3000,
  env: { BROKERS: 'localhost:9092', TOPIC: 'erboh-ratings' },
});

/** Reads ratings from Kafka and shows who is ahead. */
export const ratingsConsumer = program('ratings-consumer', {
  port: 3001,
  env: { BROKERS: 'localhost:9092', TOPIC: 'erboh-ratings' },
});

/** Ready and alive mean the same here: the file is there only while the program is connected. NATS may be away for two minutes. */
const whileConnected = { exec: ['cat', '/tmp/healthy'], ...patience };
const hello = { NATS_URL: 'nats://localhost:4222', SUBJECT: 'messages' };

/** Says hello on NATS every ten seconds. */
export const helloProducer = program('hello-producer', {
  port: 8080,
  env: { ...hello, POD_IP: podField('status.podIP') },
  live: whileConnected,
});

/** Prints what it hears on NATS. */
export const helloConsumer = program('hello-consumer', { port: 8080, env: hello, live: whileConnected });
