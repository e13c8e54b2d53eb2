import { connect, type NatsConnection } from '@nats-io/transport-node';
import { reasonOf } from '../errors';
import type { Need } from '../readiness';
import type { Service } from '../service';
import { untilItWorks } from '../wait';
import { coreNats } from './core';
import type { Link } from './link';
import { observed } from './observe';
import type { NatsPort } from './port';
import { accessOf, type NatsSettings } from './settings';
import { streamNats } from './stream';

/**
 * Connects to NATS and stays connected: returns at once, tries until a server is there and reconnects from then on. The service is ready only
 * while connected. With the setting STREAM, messages go through that JetStream stream, read by a durable consumer named after the service.
 */
export function connectNats(service: Service, settings: NatsSettings): NatsPort {
  const need = service.readiness.need('nats', `connecting to ${accessOf(settings).servers.join(', ')}`);
  const link: Link = { need, connection: open(service, settings, need) };
  service.onStop('NATS connection', async () => (await link.connection)?.close());
  return observed(
    service,
    settings.STREAM === undefined ? coreNats(service, link) : streamNats(service, link, settings.STREAM),
  );
}

async function open(
  service: Service,
  settings: NatsSettings,
  need: Need,
): Promise<NatsConnection | undefined> {
  const attempt = (): Promise<NatsConnection> =>
    connect({
      ...accessOf(settings),
      name: service.name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      timeout: 3_000,
    });
  const onFailure = (error: unknown): void => need.unmet(`not connected: ${reasonOf(error)}`);
  const connection = await untilItWorks(attempt, { signal: service.stopping, onFailure, longest: 2_000 });
  if (connection) void follow(service, connection, need);
  return connection;
}

/** The client reconnects by itself; only a connection that it gave up for good, as when access was taken away, ends the program. */
async function follow(service: Service, connection: NatsConnection, need: Need): Promise<void> {
  need.met();
  for await (const status of connection.status()) {
    if (status.type === 'reconnect') need.met();
    if (status.type === 'disconnect') need.unmet(`lost ${status.server}`);
    if (status.type === 'error') service.log.warn({ err: status.error }, 'NATS complains');
  }
  const error = await connection.closed();
  if (!service.stopping.aborted) service.fail(error ?? new Error('the NATS connection was closed'));
}
