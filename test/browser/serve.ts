import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { afterEach } from '@jest/globals';
import type { Hono } from 'hono';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers) server.close();
  cutConnections();
  servers.length = 0;
});

/** Ends every connection, as a proxy does that is replaced. */
export function cutConnections(): void {
  for (const server of servers) server.closeAllConnections();
}

/** Serves an application on loopback until the test ends; returns its address. */
export async function serve(app: Hono): Promise<string> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
