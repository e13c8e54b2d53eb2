import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { images } from '../../charts/versions';
import { ImageError, imageFor } from '../../src/images';
import { defaultCache } from '../../src/images/folders';
import { buildLayer } from '../../src/images/layer';
import { freePort } from './ports';

/** One real NATS server with JetStream on the loopback interface. */
export interface NatsServer {
  /** The same however often it is started. */
  readonly url: string;
  /** Starts it, with more flags where some are given. */
  start(...more: readonly string[]): void;
  /** Makes a stream of JetStream with one subject. */
  createStream(name: string, subject: string): Promise<void>;
  /** At once, as when a machine is lost. */
  kill(): Promise<void>;
  /** Kills it and forgets its data. */
  remove(): Promise<void>;
}

/** The server of the image that the estate names, not started yet; what is missing where it cannot be had. */
export async function openNats(): Promise<NatsServer | string> {
  const folder = mkdtempSync(join(tmpdir(), 'nats-'));
  try {
    const program = imageFor(images.nats)?.layers.find(({ kind }) => kind === 'go');
    if (!program) throw new Error(`${images.nats} has no program`);
    const { file } = await buildLayer(program, defaultCache());
    execFileSync('tar', ['--extract', '--gzip', '--file', file, '--directory', folder]);
  } catch (error) {
    rmSync(folder, { recursive: true });
    if (error instanceof ImageError) return error.message;
    throw error;
  }
  return serverIn(folder, await freePort());
}

function serverIn(folder: string, port: number): NatsServer {
  const url = `nats://127.0.0.1:${port}`;
  let running: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (!running) return;
    const exit = new Promise((resolve) => running?.once('exit', resolve));
    if (running.exitCode === null && running.kill('SIGKILL')) await exit;
    running = undefined;
  };
  const flags = [
    '--addr',
    '127.0.0.1',
    '--port',
    String(port),
    '--jetstream',
    '--store_dir',
    join(folder, 'data'),
  ];
  return {
    url,
    kill,
    createStream: async (name, subject) => {
      const connection = await connect({ servers: url, waitOnFirstConnect: true });
      const manager = await jetstreamManager(connection);
      await manager.streams.add({ name, subjects: [subject] });
      await connection.close();
    },
    start: (...more) => {
      running = spawn(join(folder, 'usr/local/bin/nats-server'), [...flags, ...more], { stdio: 'ignore' });
    },
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}
