import { expect, test } from '@jest/globals';
import type { Json } from '../../../src/estate';
import { base, set, texts } from '../support';

const pod = 'spec.template.spec';
const container = `${pod}.containers[0]`;
const context = `${container}.securityContext`;
const breaking: readonly (readonly [level: string, path: string, value: Json])[] = [
  ['baseline', `${pod}.hostNetwork`, true],
  ['baseline', `${pod}.hostPID`, true],
  ['baseline', `${pod}.hostIPC`, true],
  ['baseline', `${pod}.volumes`, [{ name: 'node', hostPath: { path: '/var/run' } }]],
  ['baseline', `${pod}.securityContext.sysctls`, [{ name: 'net.core.somaxconn', value: '1024' }]],
  ['baseline', `${pod}.securityContext.seLinuxOptions`, { type: 'spc_t' }],
  ['baseline', `${pod}.securityContext.seccompProfile.type`, 'Unconfined'],
  ['baseline', `${context}.privileged`, true],
  ['baseline', `${context}.capabilities.add`, ['NET_ADMIN']],
  ['baseline', `${context}.procMount`, 'Unmasked'],
  ['baseline', `${context}.appArmorProfile`, { type: 'Unconfined' }],
  ['baseline', `${context}.windowsOptions`, { hostProcess: true }],
  ['baseline', `${container}.ports[0].hostPort`, 3000],
  ['baseline', `${container}.readinessProbe.httpGet.host`, '127.0.0.1'],
  ['restricted', `${pod}.volumes`, [{ name: 'share', nfs: { server: 'nas', path: '/' } }]],
  ['restricted', `${pod}.securityContext.runAsNonRoot`, undefined as unknown as Json],
  ['restricted', `${pod}.securityContext.runAsUser`, 0],
  ['restricted', `${pod}.securityContext.seccompProfile`, undefined as unknown as Json],
  ['restricted', `${context}.allowPrivilegeEscalation`, true],
  ['restricted', `${context}.capabilities.drop`, ['NET_RAW']],
  ['restricted', `${context}.capabilities.add`, ['CHOWN']],
];

/** The estate with the namespace of the Deployment at a level. */
const at = (level: string, path: string, value: Json) =>
  set(
    set(base(), 'Namespace shop', 'metadata.labels["pod-security.kubernetes.io/enforce"]', level),
    'Deployment shop/api',
    path,
    value,
  );

test.each(breaking)('%s does not allow %s: %j', (level, path, value) => {
  expect(texts(at(level, path, value), 'pod-security')).not.toEqual([]);
  expect(texts(at('restricted', path, value), 'pod-security')).not.toEqual([]);
  expect(texts(at('privileged', path, value), 'pod-security')).toEqual([]);
});

test.each(breaking.filter(([level]) => level === 'restricted'))(
  'only %s forbids %s: %j',
  (_, path, value) => {
    expect(texts(at('baseline', path, value), 'pod-security')).toEqual([]);
  },
);

const allowed: readonly (readonly [path: string, value: Json])[] = [
  [`${pod}.volumes`, [{ name: 'scratch', emptyDir: {} }]],
  [`${pod}.securityContext.sysctls`, [{ name: 'net.ipv4.tcp_syncookies', value: '1' }]],
  [`${pod}.securityContext.seLinuxOptions`, { type: 'container_t' }],
  [`${context}.capabilities.add`, ['NET_BIND_SERVICE']],
  [`${context}.seccompProfile`, { type: 'Localhost', localhostProfile: 'x.json' }],
  [`${pod}.hostUsers`, false],
];

test.each(allowed)('restricted allows %s: %j', (path, value) => {
  expect(texts(at('restricted', path, value), 'pod-security')).toEqual([]);
});

test('the message names the container, the namespace and its level', () => {
  expect(texts(at('restricted', `${context}.allowPrivilegeEscalation`, true), 'pod-security')).toEqual([
    'Deployment api spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: Deployment shop/api api may gain privileges, which shop (restricted) does not allow → write allowPrivilegeEscalation: false, or enforce a lower level on the namespace',
  ]);
});
