/**
 * Counts the requests that fail while instances come, go and die, and while Consul is away.
 *
 *   npm run measure -w services/balancer -- template    # consul-template renders the servers and reloads HAProxy
 *   npm run measure -w services/balancer -- dns         # HAProxy asks Consul's DNS
 *
 * Needs root (each instance gets a host name of its own) and `consul`, `consul-template`, `haproxy` in PATH, and `npm run build -w services/mysrv`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad, type Load } from './load';

const here = __dirname;
const folder = mkdtempSync(join(tmpdir(), 'balancer-'));
const instances = new Map<number, ChildProcess>();

async function main(variant: string): Promise<void> {
  let consul = startConsul();
  await scaleTo(2);
  await sleep(3_000);
  const balancer = startBalancer(variant);
  await sleep(3_000);
  const load = startLoad('http://127.0.0.1:18080/health/hostname', 8);
  await phase(load, 'two instances', 5, async () => undefined);
  await phase(load, 'scaled 2 → 5', 10, () => scaleTo(5));
  await phase(load, 'scaled 5 → 1', 10, () => scaleTo(1));
  await phase(load, 'scaled 1 → 3', 8, () => scaleTo(3));
  await phase(load, 'one of 3 killed', 10, async () => void instances.get(2)?.kill('SIGKILL'));
  await phase(load, 'Consul away for a minute', 60, async () => void consul.kill('SIGKILL'));
  await phase(load, 'Consul back, its memory lost', 20, async () => void (consul = startConsul()));
  await load.stop();
  await stopAll([balancer, ...instances.values(), consul]);
}

async function phase(load: Load, name: string, seconds: number, change: () => Promise<void>): Promise<void> {
  load.next();
  await change();
  await sleep(seconds * 1_000);
  const { ok, failed, answeredBy, failures } = load.next();
  const reasons = [...failures].map(([reason, count]) => `${count} × ${reason}`).join(', ');
  const who = [...answeredBy]
    .map(([name, [first, last]]) => `${name} ${first}–${last} ms`)
    .toSorted()
    .join(', ');
  console.log(
    `${name.padEnd(30)} ${ok} ok, ${failed} failed${reasons && ` (${reasons})`}; answered by ${who}`,
  );
}

async function scaleTo(count: number): Promise<void> {
  for (let number = 1; number <= 5; number++) {
    const isUp = instances.get(number)?.exitCode === null && !instances.get(number)?.killed;
    if (number <= count && !isUp) instances.set(number, startInstance(number));
    if (number > count && isUp) instances.get(number)?.kill('SIGTERM');
  }
}

function startInstance(number: number): ChildProcess {
  const main = resolve(here, '../../mysrv/build/main.js');
  const env = {
    PORT: `${18_000 + number}`,
    ADVERTISE_ADDRESS: '127.0.0.1',
    CONSUL_URLS: 'http://127.0.0.1:18500',
  };
  return start(
    'unshare',
    ['--uts', 'sh', '-c', `hostname mysrv-${number}; exec node ${main}`],
    env,
    `mysrv-${number}`,
  );
}

function startConsul(): ChildProcess {
  const ports = {
    http: 18_500,
    dns: 18_600,
    server: 18_300,
    serf_lan: 18_301,
    serf_wan: 18_302,
    grpc: -1,
    grpc_tls: -1,
  };
  const file = join(folder, 'consul.json');
  writeFileSync(file, JSON.stringify({ ports, bind_addr: '127.0.0.1', log_level: 'warn' }));
  return start('consul', ['agent', '-dev', `-config-file=${file}`], {}, 'consul');
}

function startBalancer(variant: string): ChildProcess {
  if (variant === 'dns') return start('haproxy', ['-W', '-f', join(here, 'haproxy-dns.cfg')], {}, 'haproxy');
  const moved = (text: string): string =>
    text.replaceAll('/etc/balancer', folder).replaceAll('/run/balancer', folder);
  for (const name of ['haproxy.cfg.ctmpl', 'consul-template.hcl']) {
    writeFileSync(join(folder, name), moved(readFileSync(resolve(here, '..', name), 'utf8')));
  }
  const env = { CONSUL_HTTP_ADDR: '127.0.0.1:18500', PORT: '18080', OPERATIONS_PORT: '18404' };
  return start('consul-template', ['-config', join(folder, 'consul-template.hcl')], env, 'consul-template');
}

function start(command: string, args: string[], env: Record<string, string>, log: string): ChildProcess {
  const file = openSync(join(folder, `${log}.log`), 'a');
  return spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', file, file] });
}

async function stopAll(processes: readonly ChildProcess[]): Promise<void> {
  for (const child of processes) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await Promise.race([once(child, 'exit'), sleep(10_000)]);
  }
}

console.log(`logs in ${folder}`);
void main(process.argv[2] ?? 'template');
