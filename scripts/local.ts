/**
 * Runs programs on this machine with what they need, a real Kafka, NATS or PostgreSQL of their own, until Ctrl-C.
 *
 *   npm run local -- ratings        pages on http://localhost:3000 and :3001, and Kafka
 *   npm run local -- publishing     the api on http://localhost:3000, a worker that prints, and Kafka
 *   npm run local -- hello          one says hello on NATS, the other prints it
 *   npm run local -- shop           the shop on http://localhost:4000: eight programs, and PostgreSQL
 */
import { existsSync } from 'node:fs';
import { Argument, program } from 'commander';
import { ImageError } from '../src/images';
import { missingForKafka, openKafka } from '../test/systems/kafka';
import { openNats } from '../test/systems/nats';
import { startServer } from '../test/systems/postgres/server';
import { ready, start, stopAll } from '../test/systems/processes';
import { startShop } from '../test/systems/shop';

/** Starts something, and says where it is. */
type Scene = () => Promise<string>;

const ends: (() => Promise<void> | void)[] = [];

const scenes: { readonly [name: string]: Scene } = {
  async ratings() {
    const settings = { BROKERS: await kafkaWith('erboh-ratings') };
    await ready(await start('ratings-producer', { ...settings, PORT: '3000' }));
    await ready(await start('ratings-consumer', { ...settings, PORT: '3001' }));
    return 'http://localhost:3000 writes ratings, http://localhost:3001 shows who is ahead';
  },
  async publishing() {
    const settings = { BROKERS: await kafkaWith('messages'), TOPIC: 'messages', LOG_LEVEL: 'info' };
    await ready(await start('worker', settings, 'inherit'));
    await ready(await start('api', { ...settings, PORT: '3000', LOG_LEVEL: 'warn' }));
    return 'curl -X POST http://localhost:3000/api/publish/hello';
  },
  async hello() {
    const server = await openNats();
    if (typeof server === 'string') throw new ImageError(server);
    ends.push(() => server.remove());
    server.start();
    const settings = { NATS_URL: server.url, HEALTH_FILE: '/tmp/healthy', LOG_LEVEL: 'info' };
    await ready(await start('hello-consumer', settings, 'inherit'));
    await start('hello-producer', { ...settings, HEALTH_FILE: '/tmp/healthy-too', POD_IP: '127.0.0.1' });
    return 'a hello every ten seconds';
  },
  async shop() {
    if (!existsSync('/usr/lib/postgresql'))
      throw new ImageError('the shop needs PostgreSQL: apt-get install postgresql');
    const server = await startServer();
    ends.push(server.stop);
    await startShop(server.url, { PORT: '4000' });
    return 'http://localhost:4000';
  },
};

async function kafkaWith(topic: string): Promise<string> {
  const missing = missingForKafka();
  if (missing !== undefined) throw new ImageError(missing);
  const broker = await openKafka();
  ends.push(() => broker.remove());
  await broker.start();
  for (const name of [topic, `${topic}.dead-letters`]) await broker.createTopic(name);
  return broker.bootstrap;
}

async function main(name: string): Promise<void> {
  // For as long as it runs: npm hands on the Ctrl-C that the terminal has sent already, and a second one must not cut the end short.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  });
  try {
    console.log('Building and starting; it may take a minute.');
    console.log(`${await scenes[name]?.()}. Ctrl-C ends everything.`);
    await stopped;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    await stopAll();
    for (const end of ends.toReversed()) await end();
  }
}

void program
  .name('npm run local --')
  .addArgument(new Argument('<what>', 'what to run').choices(Object.keys(scenes)))
  .action(main)
  .parseAsync()
  .then(() => process.exit());
