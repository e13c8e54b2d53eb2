import { randomUUID } from 'node:crypto';
import {
  AckPolicy,
  jetstream,
  JetStreamApiError,
  jetstreamManager,
  type ConsumerMessages,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { reasonOf } from '../errors';
import type { Need } from '../readiness';
import type { Service } from '../service';
import { untilItWorks } from '../wait';
import { acknowledge } from './acknowledge';
import { connected, type Link, unavailable } from './link';
import { sent } from './message';
import type { NatsHandler, NatsPort } from './port';

const CONSUMER_NOT_FOUND = 10_014;

/** NATS with a stream that keeps messages: what was published is stored, and a durable consumer reads each one until it is handled. */
export function streamNats(service: Service, link: Link, stream: string): NatsPort {
  void find(service, link, stream);
  return {
    async publish(subject, data, headers = {}) {
      const client = jetstream(await connected(link));
      const expect = { streamName: stream };
      await client
        .publish(subject, data, { headers: sent(headers), msgID: randomUUID(), expect })
        .catch(unavailable);
    },
    subscribe(subject, handle) {
      const need = service.readiness.need(`consumer of ${stream}`, 'waiting for the stream');
      const reading = read(service, link, { stream, subject, need }, handle);
      service.onStop(`reading of ${stream}`, () => reading);
    },
  };
}

interface Source {
  readonly stream: string;
  readonly subject: string;
  readonly need: Need;
}

/** Somebody else makes the stream, perhaps later than this program. */
async function find(service: Service, link: Link, stream: string): Promise<void> {
  const need = service.readiness.need(`stream ${stream}`, 'looking for it');
  const connection = await link.connection;
  if (!connection) return;
  const attempt = async () => (await jetstreamManager(connection)).streams.info(stream);
  const onFailure = (error: unknown): void => need.unmet(reasonOf(error));
  if (await untilItWorks(attempt, { signal: service.stopping, onFailure })) need.met();
}

async function read(service: Service, link: Link, source: Source, handle: NatsHandler): Promise<void> {
  const connection = await link.connection;
  if (!connection) return;
  const onFailure = (error: unknown): void => source.need.unmet(reasonOf(error));
  while (!service.stopping.aborted) {
    const attempt = (): Promise<ConsumerMessages> => open(service, connection, source);
    const messages = await untilItWorks(attempt, { signal: service.stopping, onFailure });
    if (!messages) return;
    source.need.met();
    await handleAll(service, messages, handle).catch(onFailure);
  }
}

async function open(
  service: Service,
  connection: NatsConnection,
  { stream, subject }: Source,
): Promise<ConsumerMessages> {
  const { consumers } = await jetstreamManager(connection);
  const { config } = await consumers.info(stream, service.name).catch((error: unknown) => {
    if (!(error instanceof JetStreamApiError) || error.code !== CONSUMER_NOT_FOUND) throw error;
    return consumers.add(stream, {
      durable_name: service.name,
      ack_policy: AckPolicy.Explicit,
      filter_subject: subject,
    });
  });
  // What the one before heard is of no use to who was told to hear something else.
  if (config.filter_subject !== undefined && config.filter_subject !== subject)
    await consumers.update(stream, service.name, { filter_subject: subject });
  const consumer = await jetstream(connection).consumers.get(stream, service.name);
  return consumer.consume({ abort_on_missing_resource: true });
}

async function handleAll(service: Service, messages: ConsumerMessages, handle: NatsHandler): Promise<void> {
  const stop = (): void => messages.stop();
  service.stopping.addEventListener('abort', stop, { once: true });
  for await (const message of messages) {
    await acknowledge(service, message, handle);
    if (service.stopping.aborted) break;
  }
  service.stopping.removeEventListener('abort', stop);
}
