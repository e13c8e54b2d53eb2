import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImageError } from '../../src/images';
import { run } from '../../src/images/run';
import { freePort } from './ports';

/** The last one of Apicurio that Maven's repository has as a program; it keeps schemas in memory. */
const artifact = 'io.apicurio:apicurio-registry-app:2.6.13.Final:tar.gz:all';

/** A real schema registry, Apicurio's, on the loopback interface. */
export interface RegistryServer {
  /** Where its Confluent interface is; the same however often it is started. */
  readonly url: string;
  /** Starts it, without any schema, and waits until it answers. */
  start(): Promise<void>;
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** The registry, not started yet; what is missing where it cannot be had. It needs Java 17. */
export async function openRegistry(): Promise<RegistryServer | string> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  try {
    const unpack = ['dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
    await run('mvn', ['--batch-mode', '--quiet', ...unpack], { folder });
  } catch (error) {
    rmSync(folder, { recursive: true });
    if (error instanceof ImageError) return error.message;
    throw error;
  }
  return serverIn(folder, await freePort());
}

function serverIn(folder: string, port: number): RegistryServer {
  const jar = readdirSync(folder).find((name) => name.endsWith('-runner.jar')) ?? 'no runner';
  const flags = ['-Xmx512m', '-XX:+UseSerialGC', '-Dquarkus.http.host=127.0.0.1'];
  let running: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const exit = new Promise((resolve) => running?.once('exit', resolve));
    if (running?.exitCode === null && running.kill('SIGKILL')) await exit;
    running = undefined;
  };
  return {
    url: `http://127.0.0.1:${port}/apis/ccompat/v7`,
    kill,
    start: async () => {
      const args = [...flags, `-Dquarkus.http.port=${port}`, '-jar', join(folder, jar)];
      running = spawn('java', args, { stdio: 'ignore' });
      await answering(`http://127.0.0.1:${port}/health/ready`);
    },
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

async function answering(url: string): Promise<void> {
  for (const began = Date.now(); Date.now() - began < 60_000; await sleep(200))
    if ((await fetch(url).catch(() => undefined))?.ok) return;
  throw new Error(`${url} did not answer within a minute`);
}
