import { startServer, type Server } from './server';

declare global {
  var postgresServer: Server | undefined;
}

/** Before all tests. */
export default async function start(): Promise<void> {
  globalThis.postgresServer = await startServer();
  process.env['TEST_DATABASE_URL'] = globalThis.postgresServer.url;
}
