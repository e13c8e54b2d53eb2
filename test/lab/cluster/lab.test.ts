import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Lab, startLab } from '../../../src/lab';
import { crdOf } from '../../../src/lab/crds';
import { openRegistry, packageImports } from '../../../src/schema/registry';
import { labName } from '../names';
import { apply, eventually, MINUTES } from './asking';

const NAME = labName('whole');
let lab: Lab;
let before: string;

beforeAll(async () => {
  before = machineState();
  lab = await startLab({ name: NAME, nodes: 2, kwok: 1 });
}, 5 * MINUTES);

afterAll(() => lab?.down(), MINUTES);

/** What a lab could leave behind on a machine. */
function machineState(): string {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes('fluxwright-lab'));
  const groups = readdirSync('/sys/fs/cgroup').flatMap((name) =>
    existsSync(join('/sys/fs/cgroup', name, `fluxwright-lab.${NAME}`)),
  );
  const links = execFileSync('ip', ['-o', 'link'])
    .toString()
    .replaceAll(/ mtu .*/g, '');
  const kernel = ['vm/overcommit_memory', 'kernel/panic', 'kernel/panic_on_oops'].map((key) =>
    readFileSync(`/proc/sys/${key}`, 'utf8'),
  );
  const left = [`/var/lib/fluxwright-lab/${NAME}`, `/var/lib/fluxwright-lab/${NAME}.lock`].map((path) =>
    existsSync(path),
  );
  return JSON.stringify({ mounts, groups, links, kernel, left });
}

test(
  'what nodes use is measured',
  async () => {
    await eventually('no metrics', 60, async () => ((await usage()).includes('node-1') ? undefined : 'none'));
    expect(await usage()).toMatch(/node-1 +\d+m +\d+% +\d+Mi/);
  },
  2 * MINUTES,
);

const usage = (): Promise<string> => lab.kubectl('top', 'nodes', '--no-headers');

const certManager = { apiVersion: 'cert-manager.io/v1' };

test(
  'once its CRDs are there, cert-manager issues certificates',
  async () => {
    const registry = openRegistry([packageImports()]);
    const kinds = ['Certificate', 'CertificateRequest', 'Issuer', 'ClusterIssuer'];
    await apply(lab, ...kinds.map((kind) => crdOf(registry.info('cert-manager.io', kind)!, registry)));
    await eventually('the CRDs are not served', 20, () =>
      apply(
        lab,
        {
          ...certManager,
          kind: 'Issuer',
          metadata: { name: 'own', namespace: 'default' },
          spec: { selfSigned: {} },
        },
        {
          ...certManager,
          kind: 'Certificate',
          metadata: { name: 'web', namespace: 'default' },
          spec: { secretName: 'web-tls', dnsNames: ['web.example.com'], issuerRef: { name: 'own' } },
        },
      ).then(() => undefined),
    );
    const secret = '/api/v1/namespaces/default/secrets/web-tls';
    await eventually('no certificate', 60, async () =>
      (await lab.client.find(secret)) ? undefined : 'no Secret',
    );
    const data = (await lab.client.find(secret))?.['data'] as { 'tls.crt': string };
    const certificate = new X509Certificate(Buffer.from(data['tls.crt'], 'base64'));
    expect(certificate.subjectAltName).toBe('DNS:web.example.com');
  },
  2 * MINUTES,
);

test(
  'to start a lab that is up changes nothing, and it cannot lose nodes',
  async () => {
    const pids = (): string => execFileSync('pgrep', ['-f', `${NAME}/`]).toString();
    const running = pids();
    await startLab({ name: NAME });
    expect(pids()).toBe(running);
    await expect(startLab({ name: NAME, nodes: 1 })).rejects.toThrow(/cannot lose any/);
  },
  2 * MINUTES,
);

test(
  'taking it down leaves nothing behind',
  async () => {
    await lab.down();
    expect(machineState()).toBe(before);
    expect(() => execFileSync('pgrep', ['-f', `fluxwright-lab/${NAME}/`])).toThrow('Command failed');
    await lab.down();
  },
  MINUTES,
);
