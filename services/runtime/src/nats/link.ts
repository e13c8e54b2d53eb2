import type { NatsConnection } from '@nats-io/transport-node';
import { reasonOf } from '../errors';
import type { Need } from '../readiness';
import { NatsUnavailable } from './port';

/** A connection that comes up sooner or later; undefined when the service stopped before. */
export interface Link {
  readonly need: Need;
  readonly connection: Promise<NatsConnection | undefined>;
}

/** The connection, if there is one right now: the client would keep messages for later, unseen by who sent them. */
export async function connected(link: Link): Promise<NatsConnection> {
  const connection = link.need.isMet ? await link.connection : undefined;
  if (!connection) throw new NatsUnavailable('NATS does not take messages now.');
  return connection;
}

/** Throws what the client threw as {@link NatsUnavailable}. */
export function unavailable(error: unknown): never {
  throw new NatsUnavailable(`NATS did not confirm: ${reasonOf(error)}`, { cause: error });
}
