/**
 * Runs in the network of a Consul server: prints as JSON what it shows to whoever comes to its ports, judged by the
 * authority whose certificate is given.
 */
import { once } from 'node:events';
import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What a server of Consul shows. */
export interface Shown {
  /** Whether it hangs up on whoever talks to its port for servers without TLS. */
  readonly refusesPlain: boolean;
  /** Whom it says it is on that port with TLS, and on its port for HTTPS: names that the authority vouches for. */
  readonly servers: string;
  readonly https: string;
  /** Where its DNS says that servers of Consul are. */
  readonly dns: readonly string[];
}

/** What the first byte of a connection between servers says: requests follow, plainly or within TLS. */
const PLAIN = 0;
const TLS = 3;
const HOST = '127.0.0.1';
const PATIENCE = 10_000;

async function refusesPlain(): Promise<boolean> {
  const socket = connect(8300, HOST, () => socket.write(Buffer.from([PLAIN])));
  const isOver = once(socket, 'close').then(() => true);
  socket.on('error', () => {}).resume();
  const isPatient = new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE, false));
  return Promise.race([isOver, isPatient]).finally(() => socket.destroy());
}

/** The names in the certificate of a port, which has to be the authority's. */
async function namesAt(
  port: number,
  servername: string,
  ca: string,
  greeting: readonly number[],
): Promise<string> {
  const socket = connect(port, HOST);
  await once(socket, 'connect');
  socket.write(Buffer.from(greeting));
  const secure = connectTls({ socket, servername, ca });
  await once(secure, 'secureConnect');
  const names = secure.getPeerCertificate().subjectaltname ?? '';
  secure.on('error', () => {}).destroy();
  return names;
}

async function main(ca: string): Promise<void> {
  const resolver = new Resolver({ timeout: PATIENCE });
  resolver.setServers([`${HOST}:8600`]);
  const name = 'server.dc1.consul';
  const shown: Shown = {
    refusesPlain: await refusesPlain(),
    servers: await namesAt(8300, name, ca, [TLS]),
    https: await namesAt(8443, name, ca, []),
    dns: await resolver.resolve4('consul.service.consul'),
  };
  process.stdout.write(JSON.stringify(shown));
}

void main(process.argv[2] ?? '');
