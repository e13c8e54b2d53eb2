import type { Subscription } from '@nats-io/transport-node';
import { reasonOf } from '../errors';
import type { Service } from '../service';
import { within } from '../wait';
import { connected, type Link, unavailable } from './link';
import { received, sent } from './message';
import type { NatsHandler, NatsPort } from './port';

const CONFIRM_WITHIN = 3_000;

/** NATS as it is at heart: who is subscribed hears a message, nobody keeps it. */
export function coreNats(service: Service, link: Link): NatsPort {
  return {
    async publish(subject, data, headers = {}) {
      const connection = await connected(link);
      connection.publish(subject, data, { headers: sent(headers) });
      await within(CONFIRM_WITHIN, connection.flush(), noAnswer).catch(unavailable);
    },
    subscribe: (subject, handle) => void hear(service, link, subject, handle),
  };
}

async function hear(service: Service, link: Link, subject: string, handle: NatsHandler): Promise<void> {
  const connection = await link.connection;
  if (!connection) return;
  const subscription = connection.subscribe(subject);
  const hearing = handleAll(service, subscription, handle);
  service.onStop(`hearing of ${subject}`, async () => {
    await subscription.drain();
    await hearing;
  });
}

async function handleAll(service: Service, subscription: Subscription, handle: NatsHandler): Promise<void> {
  for await (const message of subscription) {
    try {
      await handle(received(message));
    } catch (error) {
      service.log.error({ err: error, subject: message.subject }, `message lost: ${reasonOf(error)}`);
    }
  }
}

function noAnswer(): Error {
  return new Error(`no answer within ${CONFIRM_WITHIN / 1_000} s`);
}
