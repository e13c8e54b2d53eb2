import { expect, test } from '@jest/globals';
import type { Json } from '../../../src/estate';
import { validate } from '../../../src/schema/validate';
import { changed, sample, schemaOf } from '../support';

const container = 'spec/containers/0';

/** Each row breaks a valid pod at one place, and the violation must be at that place or the one given. */
test.each<[string, string, Json | undefined, string?]>([
  ['a pod has containers', 'spec/containers', []],
  ['a container has an image', `${container}/image`, undefined],
  ['an image has no spaces around it', `${container}/image`, ' main:1'],
  ['the name of a container is a DNS label', `${container}/name`, 'Main'],
  ['names of containers differ, init containers included', `${container}/name`, 'first'],
  ['a port is a number up to 65535', `${container}/ports/0/containerPort`, 65_536],
  ['a port is not zero', `${container}/ports/0/containerPort`, 0],
  ['the name of a port is short', `${container}/ports/0/name`, 'a-name-of-16-char'],
  ['the name of a port has a letter', `${container}/ports/0/name`, '8080'],
  ['names of ports differ', `${container}/ports/1/name`, 'http'],
  ['a port of the host is a number up to 65535', `${container}/ports/1/hostPort`, 65_536],
  [
    'a port of the host is taken once',
    `${container}/ports/0`,
    { containerPort: 1, protocol: 'UDP', hostPort: 5353 },
    `${container}/ports/1/hostPort`,
  ],
  ['the name of a variable has no equals sign', `${container}/env/0/name`, 'A=B'],
  ['a variable has a value or a source', `${container}/env/1/value`, 'x', `${container}/env/1/valueFrom`],
  ['a source is one thing', `${container}/env/1/valueFrom/secretKeyRef`, { name: 'a', key: 'b' }],
  ['a source is something', `${container}/env/1/valueFrom`, {}],
  ['not every field can be a variable', `${container}/env/1/valueFrom/fieldRef/fieldPath`, 'spec.replicas'],
  ['a key of a Secret is a key', `${container}/env/3/valueFrom/secretKeyRef/key`, 'a b'],
  ['a Secret has a name', `${container}/env/3/valueFrom/secretKeyRef/name`, 'A'],
  [
    'a resource field is a limit or a request',
    `${container}/env/2/valueFrom/resourceFieldRef/resource`,
    'cpu',
  ],
  ['cpu is divided by 1m or 1', `${container}/env/2/valueFrom/resourceFieldRef/divisor`, '10'],
  ['all variables of one source come from somewhere', `${container}/envFrom/0`, { prefix: 'X' }],
  ['a request is not above its limit', `${container}/resources/requests/memory`, '1Gi'],
  ['a resource has a known name', `${container}/resources/limits/memroy`, '1Gi'],
  ['an amount is not negative', `${container}/resources/limits/cpu`, '-1'],
  ['an amount is a quantity', `${container}/resources/limits/cpu`, '1 core'],
  [
    'what cannot be shared is requested as it is limited',
    `${container}/resources/requests/example.org~1gpu`,
    '1',
  ],
  ['a probe has one handler', `${container}/livenessProbe/tcpSocket`, { port: 80 }],
  ['a probe has a handler', `${container}/livenessProbe/httpGet`, undefined, `${container}/livenessProbe`],
  ['a period is not negative', `${container}/livenessProbe/periodSeconds`, -1],
  ['liveness takes one success', `${container}/livenessProbe/successThreshold`, 2],
  ['a probe asks at a port', `${container}/livenessProbe/httpGet/port`, 0],
  ['a header has a name', `${container}/livenessProbe/httpGet/httpHeaders/0/name`, 'X Probe'],
  ['a command has words', `${container}/readinessProbe/exec/command`, []],
  ['a readiness probe ends nothing', `${container}/readinessProbe/terminationGracePeriodSeconds`, 5],
  [
    'a hook is one thing',
    `${container}/lifecycle/preStop/exec`,
    { command: ['a'] },
    `${container}/lifecycle/preStop/sleep`,
  ],
  ['a pause ends before the pod does', `${container}/lifecycle/preStop/sleep/seconds`, 31],
  [
    'init containers have no probes',
    'spec/initContainers/0/restartPolicy',
    undefined,
    'spec/initContainers/0/startupProbe',
  ],
  [
    'all privileges and none do not go together',
    `${container}/securityContext/privileged`,
    true,
    `${container}/securityContext/allowPrivilegeEscalation`,
  ],
  ['a user has a number', 'spec/securityContext/runAsUser', -1],
  [
    'a profile from a file has a file',
    'spec/securityContext/seccompProfile',
    { type: 'Localhost' },
    'spec/securityContext/seccompProfile/localhostProfile',
  ],
  ['a mount is of a volume of the pod', `${container}/volumeMounts/0/name`, 'cnofig'],
  ['two mounts are at two places', `${container}/volumeMounts/1/mountPath`, '/config'],
  ['a path in a volume does not lead out of it', `${container}/volumeMounts/1/subPath`, '../up'],
  ['a path in a volume is relative', `${container}/volumeMounts/1/subPath`, '/abs'],
  [
    'mounts spread from privileged containers alone',
    `${container}/volumeMounts/1/mountPropagation`,
    'Bidirectional',
  ],
  ['names of volumes differ', 'spec/volumes/1/name', 'config'],
  ['the name of a volume is a DNS label', 'spec/volumes/3/name', 'a.b'],
  ['a volume is one thing', 'spec/volumes/3/emptyDir', {}, 'spec/volumes/3/secret'],
  ['a volume from a Secret names it', 'spec/volumes/3/secret/secretName', ''],
  ['a file has permissions', 'spec/volumes/0/configMap/defaultMode', 512],
  ['a path on the host does not go up', 'spec/volumes/4/hostPath/path', '/var/../etc'],
  [
    'a token lives for ten minutes at least',
    'spec/volumes/6/projected/sources/1/serviceAccountToken/expirationSeconds',
    599,
  ],
  [
    'files of a volume have different paths',
    'spec/volumes/6/projected/sources/1',
    { secret: { name: 'keys', items: [{ key: 'api', path: 'a' }] } },
    'spec/volumes/6/projected/sources',
  ],
  ['not every field can be a file', 'spec/volumes/5/downwardAPI/items/0/fieldRef/fieldPath', 'status.podIP'],
  [
    'a claim asks for storage',
    'spec/volumes/9/ephemeral/volumeClaimTemplate/spec/resources',
    {},
    'spec/volumes/9/ephemeral/volumeClaimTemplate/spec/resources/requests/storage',
  ],
  ['a pod without a DNS policy has name servers', 'spec/dnsConfig', undefined, 'spec/dnsConfig/nameservers'],
  ['a name server has an address', 'spec/dnsConfig/nameservers', ['dns.example.org']],
  ['an alias has an address', 'spec/hostAliases/0/ip', 'localhost'],
  ['a toleration for everything says so', 'spec/tolerations/1/operator', 'Equal'],
  ['a toleration of what exists has no value', 'spec/tolerations/1/value', 'x'],
  ['a toleration for some time is for evictions', 'spec/tolerations/0/effect', 'NoSchedule'],
  [
    'In takes values',
    'spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0/values',
    [],
  ],
  [
    'Gt takes one value',
    'spec/affinity/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/preference/matchExpressions/0/values',
    ['1', '2'],
  ],
  [
    'a weight is 100 at most',
    'spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/weight',
    101,
  ],
  [
    'a topology has a key',
    'spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/topologyKey',
    'a b',
  ],
  ['a skew is one at least', 'spec/topologySpreadConstraints/0/maxSkew', 0],
  [
    'a number of domains needs a strict spread',
    'spec/topologySpreadConstraints/0/whenUnsatisfiable',
    'ScheduleAnyway',
    'spec/topologySpreadConstraints/0/minDomains',
  ],
  ['a selector of nodes has labels', 'spec/nodeSelector/a', 'b!', 'spec/nodeSelector'],
  ['a deadline is a second at least', 'spec/activeDeadlineSeconds', 0],
  [
    'a sysctl is set once',
    'spec/securityContext/sysctls/1',
    { name: 'net/ipv4/ip_unprivileged_port_start', value: '0' },
  ],
  ['ephemeral containers come later', 'spec/ephemeralContainers', [{ name: 'debug', image: 'busybox' }]],
  ['a reader and the host do not share processes', 'spec/hostPID', true, 'spec/shareProcessNamespace'],
])('%s', (_, path, value, expected = path) => {
  const pod = changed(sample('Pod'), 'spec/shareProcessNamespace', true);
  expect(validate(schemaOf(pod), pod)).toEqual([]);
  const broken = changed(pod, path.replace('~1', '/'), value);
  const paths = validate(schemaOf(pod), unescaped(broken)).map((violation) => violation.path);
  expect(paths).toContain(dotted(expected));
});

/** Names of resources have a slash, which separates steps here. */
function unescaped(body: ReturnType<typeof changed>): ReturnType<typeof changed> {
  const text = JSON.stringify(body).replace('"example.org":{"gpu":"1"}', '"example.org/gpu":"1"');
  return JSON.parse(text) as ReturnType<typeof changed>;
}

function dotted(path: string): string {
  return path
    .split('/')
    .map((step) =>
      /^\d+$/.test(step) ? `[${step}]` : step.includes('~1') ? `["${step.replace('~1', '/')}"]` : `.${step}`,
    )
    .join('')
    .slice(1);
}

test.each([
  ['Deployment', 'spec/template/spec/restartPolicy', 'Never'],
  ['StatefulSet', 'spec/template/spec/restartPolicy', 'OnFailure'],
  ['Job', 'spec/template/spec/restartPolicy', 'Always'],
  ['CronJob', 'spec/jobTemplate/spec/template/spec/restartPolicy', 'Always'],
])('the pods of a %s restart as it is made for', (kind, path, policy) => {
  const body = changed(sample(kind), path, policy);
  expect(validate(schemaOf(body), body).map((violation) => violation.path)).toContain(
    path.replaceAll('/', '.'),
  );
});

test('on the network of the host, both ports are the same', () => {
  const body = changed(sample('DaemonSet'), 'spec/template/spec/containers/0/ports/0/hostPort', 9101);
  expect(validate(schemaOf(body), body)).toHaveLength(1);
});

test.each([
  ['SYS_ADMIN', 0],
  ['CAP_SYS_ADMIN', 1],
])('%s beside no escalation is judged by its very name, as the API server does', (name, count) => {
  const security = { allowPrivilegeEscalation: false, capabilities: { add: [name] } };
  const pod = changed(sample('Pod'), `${container}/securityContext`, security);
  expect(validate(schemaOf(pod), pod)).toHaveLength(count);
});

test('what the schema asks for and the server as well is said once', () => {
  const pod = changed(sample('Pod'), 'spec', {});
  expect(validate(schemaOf(pod), pod).map(({ message }) => message)).toEqual(['containers is missing']);
});
