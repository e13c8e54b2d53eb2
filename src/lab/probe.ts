import { existsSync, readFileSync } from 'node:fs';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { connect } from 'node:tls';
import type { Duplex } from 'node:stream';
import type { Component, Probe } from './components';
import { credentialPaths } from './credentials';
import { dial, gatewaySocket } from './gateway';
import { machinePid } from './machine';
import type { LabPlan } from './plan';

/** What a component still lacks to serve; undefined where it serves. */
export async function probe(plan: LabPlan, { ready, machine }: Component): Promise<string | undefined> {
  try {
    return await PROBES[ready.kind](plan, ready as never, machine);
  } catch (error) {
    return (error as Error).message;
  }
}

type Prober<K extends Probe['kind']> = (
  plan: LabPlan,
  probe: Extract<Probe, { kind: K }>,
  machine: string,
) => Promise<string | undefined>;

const PROBES: { readonly [K in Probe['kind']]: Prober<K> } = {
  alive: async () => undefined,
  file: async (plan, { path }, machine) => {
    const pid = machinePid(plan, machine);
    return existsSync(`/proc/${pid}/root${path}`) ? undefined : `${path} is not there`;
  },
  tcp: async (plan, { host, port }) => {
    (await dial(gatewaySocket(plan), host, port)).destroy();
    return undefined;
  },
  http: async (plan, { url }) => {
    const status = await statusOf(plan, new URL(url));
    return status === 200 ? undefined : `${url} answers ${status}`;
  },
};

const PATIENCE = 5000;

async function statusOf(plan: LabPlan, url: URL): Promise<number> {
  const isSecure = url.protocol === 'https:';
  const raw = await dial(gatewaySocket(plan), url.hostname, Number(url.port || (isSecure ? 443 : 80)));
  const socket: Duplex = isSecure ? connect({ ...adminIdentity(plan), socket: raw }) : raw;
  const send = isSecure ? secure : plain;
  return new Promise((resolve, reject) => {
    const options = {
      createConnection: () => socket,
      timeout: PATIENCE,
      path: url.pathname,
    };
    const outgoing = send(options, (answer) => {
      resolve(answer.statusCode ?? 0);
      raw.destroy();
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error(`${url.href} does not answer`)));
    outgoing.once('error', reject);
    outgoing.end();
  });
}

/** Some components make a certificate for themselves: here it matters only that they answer. */
function adminIdentity({ folder }: LabPlan) {
  const paths = credentialPaths(folder);
  const [cert, key] = [paths.certificate('kubelet-client'), paths.key('kubelet-client')].map((file) =>
    readFileSync(file),
  );
  return { cert, key, rejectUnauthorized: false };
}
