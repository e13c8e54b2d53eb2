import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../ports';

const programs = '/usr/lib/postgresql';

/** A PostgreSQL server for the time of the tests. */
export interface Server {
  readonly url: string;
  readonly stop: () => void;
}

/** Starts a server of Debian's package in a folder of its own. */
export async function startServer(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const port = await freePort();
  own(folder);
  run('initdb', '-D', folder, '-U', 'test', '--auth=trust', '--no-sync');
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
  run('pg_ctl', '-D', folder, '-o', options, '-l', join(folder, 'log'), '-w', 'start');
  const stop = (): void => {
    run('pg_ctl', '-D', folder, '-m', 'immediate', '-w', 'stop');
    rmSync(folder, { recursive: true });
  };
  return { url: `postgres://test@127.0.0.1:${port}/postgres`, stop };
}

/** PostgreSQL refuses to run as root: there its package's own user does. */
function run(program: string, ...args: string[]): void {
  const [version] = readdirSync(programs).toSorted((a, b) => Number(b) - Number(a));
  const command = [`${programs}/${version}/bin/${program}`, ...args];
  const [first = '', ...rest] = isRoot() ? ['runuser', '-u', 'postgres', '--', ...command] : command;
  execFileSync(first, rest, { stdio: ['ignore', 'ignore', 'inherit'] });
}

function own(folder: string): void {
  if (!isRoot()) return;
  chownSync(folder, idOf('-u'), idOf('-g'));
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
