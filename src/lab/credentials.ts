import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAuthority, issue, type Authority, type Subject } from './certificate';
import { DOMAIN, NETWORK, type LabPlan } from './plan';

/** Where a lab's keys and certificates lie. */
export const credentialPaths = (folder: string) => ({
  authority: join(folder, 'pki', 'ca.crt'),
  authorityKey: join(folder, 'pki', 'ca.key'),
  frontProxyAuthority: join(folder, 'pki', 'front-proxy-ca.crt'),
  serviceAccountKey: join(folder, 'pki', 'service-account.key'),
  serviceAccountPublicKey: join(folder, 'pki', 'service-account.pub'),
  certificate: (name: string) => join(folder, 'pki', `${name}.crt`),
  key: (name: string) => join(folder, 'pki', `${name}.key`),
  kubeconfig: (user: string) => join(folder, 'kubeconfig', user),
});

/** Makes every key, certificate and kubeconfig of a lab that is not there yet. */
export function writeCredentials(plan: LabPlan): void {
  const paths = credentialPaths(plan.folder);
  const authority = readOrCreateAuthority(plan.folder, 'ca');
  const frontProxy = readOrCreateAuthority(plan.folder, 'front-proxy-ca');
  writeOnce(paths.serviceAccountKey, newKey);
  writeOnce(paths.serviceAccountPublicKey, () => publicKeyOf(readFileSync(paths.serviceAccountKey, 'utf8')));
  for (const [name, subject] of certificates(plan)) {
    const signer = name === 'front-proxy-client' ? frontProxy : authority;
    writePair(paths.certificate(name), paths.key(name), () => issue(signer, subject));
  }
  for (const [name, subject] of users(plan)) {
    writeOnce(paths.kubeconfig(name), () => kubeconfig(authority, subject));
  }
}

/** Reads an authority of a lab, to sign with it. */
export function readAuthority(folder: string, name = 'ca'): Authority {
  const paths = credentialPaths(folder);
  const [certificate, key] = [paths.certificate(name), paths.key(name)].map((file) =>
    readFileSync(file, 'utf8'),
  );
  return { commonName: `fluxwright-lab-${name}`, certificate: certificate ?? '', key: key ?? '' };
}

function readOrCreateAuthority(folder: string, name: string): Authority {
  const paths = credentialPaths(folder);
  writePair(paths.certificate(name), paths.key(name), () => createAuthority(`fluxwright-lab-${name}`));
  return readAuthority(folder, name);
}

function certificates(plan: LabPlan): [string, Subject][] {
  const apiServer = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    `kubernetes.default.svc.${DOMAIN}`,
  ];
  const addresses = ['127.0.0.1', NETWORK.hub, NETWORK.apiService];
  return [
    ['kube-apiserver', { commonName: 'kube-apiserver', hosts: ['localhost', ...apiServer, ...addresses] }],
    ['kubelet-client', { commonName: 'kube-apiserver-kubelet-client', organization: 'system:masters' }],
    ['front-proxy-client', { commonName: 'front-proxy-client' }],
    ['metrics-server', { commonName: 'metrics-server', hosts: ['metrics-server.kube-system.svc'] }],
    ...plan.nodes.map((node): [string, Subject] => [
      node.name,
      {
        commonName: `system:node:${node.name}`,
        organization: 'system:nodes',
        hosts: [node.name, node.address],
      },
    ]),
  ];
}

function users(plan: LabPlan): [string, Subject][] {
  return [
    ['admin', { commonName: 'lab-admin', organization: 'system:masters' }],
    ['kube-controller-manager', { commonName: 'system:kube-controller-manager' }],
    ['kube-scheduler', { commonName: 'system:kube-scheduler' }],
    ['kube-proxy', { commonName: 'system:kube-proxy' }],
    ...plan.nodes.map(({ name }): [string, Subject] => [
      name,
      { commonName: `system:node:${name}`, organization: 'system:nodes' },
    ]),
  ];
}

function kubeconfig(authority: Authority, user: Subject): string {
  const { certificate, key } = issue(authority, user);
  const server = `https://${NETWORK.hub}:${NETWORK.apiPort}`;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'lab',
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'lab' } }],
    clusters: [
      { name: 'lab', cluster: { server, 'certificate-authority-data': encode(authority.certificate) } },
    ],
    users: [
      {
        name: 'lab',
        user: { 'client-certificate-data': encode(certificate), 'client-key-data': encode(key) },
      },
    ],
  };
  return JSON.stringify(config, undefined, 2);
}

function publicKeyOf(key: string): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The key first: a certificate that exists has its key. */
function writePair(certificate: string, key: string, make: () => { certificate: string; key: string }): void {
  if (existsSync(certificate)) return;
  const made = make();
  writeWhole(key, made.key);
  writeWhole(certificate, made.certificate);
}

function writeOnce(file: string, make: () => string): void {
  if (!existsSync(file)) writeWhole(file, make());
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.partial`, text, { mode: 0o600 });
  renameSync(`${file}.partial`, file);
}
