import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { Service } from '../service';
import { seconds } from '../settings';
import { pause } from '../wait';

/** The settings of a program that answers HTTP, with its usual port. */
export function httpSettings(port: number) {
  return {
    PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(port)
      .describe('the port to listen on, 0 to 65535'),
    DRAIN_SECONDS: seconds
      .min(0)
      .default(2)
      .describe('seconds to go on serving after SIGTERM, until every proxy has heard of it'),
  };
}

/** The values of {@link httpSettings}. */
export interface HttpSettings {
  readonly PORT: number;
  readonly DRAIN_SECONDS: number;
}

/** Longer than proxies keep an idle connection: whoever uses one in the moment in which it is closed here has sent a request for nothing. */
const IDLE_AT_MOST = 75_000;

/**
 * Listens on all addresses, and stops cleanly with the service: serves on while proxies learn that this pod is going, then takes no new
 * connection and finishes the requests that run. Call it last, so that it stops first.
 *
 * @returns the port, which is new each time where the setting is 0.
 * @throws when the port is in use.
 */
export async function listen(service: Service, app: Hono, settings: HttpSettings): Promise<number> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.keepAliveTimeout = IDLE_AT_MOST;
  await opened(server, settings.PORT);
  const { port } = server.address() as AddressInfo;
  service.log.info({ port }, `listening on port ${port}`);
  service.onStop('HTTP server', async () => {
    await pause(settings.DRAIN_SECONDS * 1_000, new AbortController().signal);
    await closed(server);
  });
  return port;
}

function opened(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'somebody else listens there; set PORT to a free one' : error.message;
      reject(new Error(`cannot listen on port ${port}: ${reason}`, { cause: error }));
    });
    server.listen(port, resolve);
  });
}

/** Who has not got an answer by then is one who never sent all of a request, and would hold up the rest of the stop. */
const FINISH_WITHIN = 12_000;

async function closed(server: Server): Promise<void> {
  const patience = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN);
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  clearTimeout(patience);
}
