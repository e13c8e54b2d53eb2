import { expect, test } from '@jest/globals';
import type { Json } from '../../../src/estate';
import { validate } from '../../../src/schema/validate';
import { changed, lines, sample, samples, schemaOf } from '../support';

test.each(
  [...samples('core.yaml'), ...samples('rich.yaml')].map(
    (body) => [`${JSON.stringify(body['kind'])} ${JSON.stringify(body['metadata'])}`, body] as const,
  ),
)('a valid %s has no violations', (_, body) => {
  expect(lines(validate(schemaOf(body), body))).toEqual([]);
});

test.each(samples('custom.yaml').map((body) => [JSON.stringify(body['kind']), body] as const))(
  'a valid %s has no violations',
  (_, body) => {
    expect(lines(validate(schemaOf(body), body))).toEqual([]);
  },
);

/** Each row breaks a valid object at one place. */
test.each<[string, string, string, Json | undefined, string?]>([
  // workloads
  [
    'the selector selects the template',
    'Deployment',
    'spec/template/metadata/labels/app',
    'other',
    'spec/template/metadata/labels',
  ],
  ['a selector selects something', 'Deployment', 'spec/selector', {}],
  ['labels of templates are labels', 'Deployment', 'spec/template/metadata/labels/other', 'a b'],
  ['replicas are not negative', 'Deployment', 'spec/replicas', -1],
  ['replicas are whole', 'Deployment', 'spec/replicas', 1.5],
  [
    'nothing above and nothing below replaces nothing',
    'Deployment',
    'spec/strategy/rollingUpdate',
    { maxSurge: 0, maxUnavailable: '0%' },
    'spec/strategy/rollingUpdate/maxUnavailable',
  ],
  ['Recreate does not roll', 'Deployment', 'spec/strategy/type', 'Recreate', 'spec/strategy/rollingUpdate'],
  ['a surge is a number or a percentage', 'Deployment', 'spec/strategy/rollingUpdate/maxSurge', 'some'],
  ['progress takes longer than getting ready', 'Deployment', 'spec/progressDeadlineSeconds', 5],
  [
    'a claim template can be mounted',
    'StatefulSet',
    'spec/volumeClaimTemplates/0/metadata/name',
    'other',
    'spec/template/spec/containers/0/volumeMounts/0/name',
  ],
  [
    'a claim template asks for storage',
    'StatefulSet',
    'spec/volumeClaimTemplates/0/spec/resources/requests',
    {},
    'spec/volumeClaimTemplates/0/spec/resources/requests/storage',
  ],
  [
    'a claim has a mode of access',
    'StatefulSet',
    'spec/volumeClaimTemplates/0/spec/accessModes',
    ['ReadWrite'],
    'spec/volumeClaimTemplates/0/spec/accessModes/0',
  ],
  [
    'OnDelete does not roll',
    'StatefulSet',
    'spec/updateStrategy/type',
    'OnDelete',
    'spec/updateStrategy/rollingUpdate',
  ],
  ['a surge needs every pod to stay', 'DaemonSet', 'spec/updateStrategy/rollingUpdate/maxSurge', 1],
  ['an indexed job is complete at some point', 'Job', 'spec/completions', undefined],
  [
    'a failure policy names a container',
    'Job',
    'spec/podFailurePolicy/rules/0/onExitCodes/containerName',
    'other',
  ],
  ['a failure policy needs pods that end', 'Job', 'spec/template/spec/restartPolicy', 'OnFailure'],
  ['zero is no failure', 'Job', 'spec/podFailurePolicy/rules/0/onExitCodes/values', [0]],
  ['a schedule has five fields', 'CronJob', 'spec/schedule', '* * * *'],
  ['a schedule has minutes of an hour', 'CronJob', 'spec/schedule', '60 * * * *'],
  ['a schedule has days of a week', 'CronJob', 'spec/schedule', '0 0 * * FUN'],
  ['a range of a schedule rises', 'CronJob', 'spec/schedule', '5-1 * * * *'],
  ['a schedule has no time zone in it', 'CronJob', 'spec/schedule', 'TZ=UTC 0 0 * * *'],
  ['a time zone exists', 'CronJob', 'spec/timeZone', 'Europe/Nowhere'],
  ['what may run at once is one of three', 'CronJob', 'spec/concurrencyPolicy', 'Sometimes'],
  // services
  ['a service has ports', 'Service', 'spec/ports', []],
  ['one of several ports has a name', 'Service', 'spec/ports/0/name', undefined],
  ['names of ports differ', 'Service', 'spec/ports/1/name', 'http'],
  ['two ports are not the same', 'Service', 'spec/ports/1', { name: 'x', port: 80 }],
  ['a port is a number', 'Service', 'spec/ports/0/port', 70_000],
  ['a target is a port or its name', 'Service', 'spec/ports/0/targetPort', 'Not a name'],
  ['a ClusterIP service has no node ports', 'Service', 'spec/type', 'ClusterIP', 'spec/ports/0/nodePort'],
  ['a node port is in the range of most clusters', 'Service', 'spec/ports/0/nodePort', 80],
  ['a headless service has no node ports', 'Service', 'spec/clusterIP', 'None'],
  ['an address is one', 'Service', 'spec/clusterIP', '10.0.0'],
  ['an ExternalName service has a name', 'Service', 'spec', { type: 'ExternalName' }, 'spec/externalName'],
  ['a class is for load balancers', 'Service', 'spec/loadBalancerClass', 'example.org/lb'],
  ['a selector has labels', 'Service', 'spec/selector/app', 'a b', 'spec/selector'],
  ['affinity lasts a day at most', 'Service', 'spec/sessionAffinityConfig/clientIP/timeoutSeconds', 86_401],
  // networking
  ['a path starts at the root', 'Ingress', 'spec/rules/0/http/paths/0/path', 'api'],
  ['a path has a type', 'Ingress', 'spec/rules/0/http/paths/0/pathType', 'Regex'],
  [
    'a backend is one thing',
    'Ingress',
    'spec/rules/0/http/paths/0/backend/resource',
    { kind: 'A', name: 'b' },
  ],
  [
    'a backend has a port',
    'Ingress',
    'spec/rules/0/http/paths/0/backend/service/port',
    {},
    'spec/rules/0/http/paths/0/backend/service/port/number',
  ],
  ['a host is a name', 'Ingress', 'spec/rules/0/host', '10.0.0.1'],
  ['a range of ports rises', 'NetworkPolicy', 'spec/ingress/0/ports/1/endPort', 7999],
  ['a range of ports starts with a number', 'NetworkPolicy', 'spec/ingress/0/ports/2/endPort', 90],
  [
    'an exception is inside its block',
    'NetworkPolicy',
    'spec/ingress/0/from/1/ipBlock/except',
    ['192.168.0.0/16'],
    'spec/ingress/0/from/1/ipBlock/except/0',
  ],
  ['a block is a range', 'NetworkPolicy', 'spec/ingress/0/from/1/ipBlock/cidr', '10.0.0.1'],
  [
    'a peer has labels or addresses',
    'NetworkPolicy',
    'spec/ingress/0/from/0/ipBlock',
    { cidr: '10.0.0.0/8' },
  ],
  ['a peer is somebody', 'NetworkPolicy', 'spec/ingress/0/from/0', {}],
  ['a class names a controller', 'IngressClass', 'spec/controller', 'nginx'],
  // budgets and scaling
  ['a budget says one of two', 'PodDisruptionBudget', 'spec/maxUnavailable', 1],
  ['a budget is not above all', 'PodDisruptionBudget', 'spec/minAvailable', '101%'],
  ['the least is not above the most', 'HorizontalPodAutoscaler', 'spec/minReplicas', 6],
  ['the most is one at least', 'HorizontalPodAutoscaler', 'spec/maxReplicas', 0],
  [
    'a metric is what its type says',
    'HorizontalPodAutoscaler',
    'spec/metrics/0/type',
    'Pods',
    'spec/metrics/0/pods',
  ],
  [
    'a target says how much',
    'HorizontalPodAutoscaler',
    'spec/metrics/0/resource/target',
    { type: 'Utilization' },
  ],
  ['what is scaled has a group', 'HorizontalPodAutoscaler', 'spec/scaleTargetRef/apiVersion', 'v1'],
  // configuration
  ['a key is a key', 'ConfigMap', 'data/a b', 'x', 'data/["a b"]'],
  ['a key is in one place', 'ConfigMap', 'binaryData/mode', 'YQ==', 'binaryData/mode'],
  ['binary data is base64', 'ConfigMap', 'binaryData/blob', 'not base64'],
  ['a value is text', 'ConfigMap', 'data/port', 8080],
  ['data is a mebibyte at most', 'ConfigMap', 'data/big', 'x'.repeat(1_048_577), 'data'],
  ['data of Secrets is base64', 'Secret', 'data/key', 'not base64'],
  ['a Secret for TLS has a key and a certificate', 'Secret', 'type', 'kubernetes.io/tls', 'data/["tls.crt"]'],
  [
    'a Secret for a registry is JSON',
    'Secret',
    'type',
    'kubernetes.io/dockerconfigjson',
    'data/[".dockerconfigjson"]',
  ],
  // storage
  ['a claim has a mode of access', 'PersistentVolumeClaim', 'spec/accessModes', []],
  [
    'one pod alone excludes others',
    'PersistentVolumeClaim',
    'spec/accessModes',
    ['ReadWriteOncePod', 'ReadWriteOnce'],
  ],
  ['a claim asks for some storage', 'PersistentVolumeClaim', 'spec/resources/requests/storage', '0'],
  ['a volume is somewhere', 'PersistentVolume', 'spec/local', undefined, 'spec'],
  ['a local volume is on a node', 'PersistentVolume', 'spec/nodeAffinity', undefined],
  ['a volume has a size', 'PersistentVolume', 'spec/capacity', {}],
  ['a class has a provisioner', 'StorageClass', 'provisioner', 'a b'],
  // access
  ['a rule has verbs', 'Role', 'rules/0/verbs', []],
  ['a rule is about resources', 'Role', 'rules/0/resources', []],
  ['a binding is to a role', 'RoleBinding', 'roleRef/kind', 'Rule'],
  ['a role is of its group', 'RoleBinding', 'roleRef/apiGroup', 'apps'],
  ['a user is of the same group', 'RoleBinding', 'subjects/1/apiGroup', ''.padEnd(4, 'x')],
  ['a ServiceAccount is in a namespace', 'ClusterRoleBinding', 'subjects/0/namespace', undefined],
  ['a subject is of a kind', 'RoleBinding', 'subjects/0/kind', 'Pod'],
  // the cluster
  [
    'a level of security is one of three',
    'Namespace',
    'metadata/labels',
    { 'pod-security.kubernetes.io/enforce': 'strict' },
    'metadata/labels/["pod-security.kubernetes.io/enforce"]',
  ],
  ['a quota counts whole things', 'ResourceQuota', 'spec/hard/pods', '1.5'],
  ['a quota is of something', 'ResourceQuota', 'spec/hard/pds', '1'],
  ['the least is below the most', 'LimitRange', 'spec/limits/0/min/cpu', '3'],
  ['users have values up to a thousand million', 'PriorityClass', 'value', 1_000_000_001],
  ['a webhook is named like a domain', 'ValidatingWebhookConfiguration', 'webhooks/0/name', 'check'],
  [
    'a webhook speaks a version that the server knows',
    'ValidatingWebhookConfiguration',
    'webhooks/0/admissionReviewVersions',
    ['v2'],
  ],
  [
    'a webhook is at one place',
    'ValidatingWebhookConfiguration',
    'webhooks/0/clientConfig/url',
    'https://example.org',
    'webhooks/0/clientConfig/service',
  ],
  ['an expression can be read', 'ValidatingAdmissionPolicy', 'spec/validations/0/expression', '1 +'],
  [
    'a CRD is called after its plural',
    'CustomResourceDefinition',
    'spec/names/plural',
    'others',
    'metadata/name',
  ],
  ['a CRD stores one version', 'CustomResourceDefinition', 'spec/versions/0/storage', false, 'spec/versions'],
  [
    'a schema is structural',
    'CustomResourceDefinition',
    'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size',
    {},
    'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/type',
  ],
  [
    'a default fits its schema',
    'CustomResourceDefinition',
    'spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/mode/default',
    'c',
  ],
  ['a service behind an API has a name', 'APIService', 'spec/service/name', ''],
])('%s (%s)', (_, kind, path, value, expected = path) => {
  const body = changed(sample(kind), path, value);
  expect(validate(schemaOf(body), body).map((violation) => violation.path)).toContain(dotted(expected));
});

function dotted(path: string): string {
  // A step in brackets may hold a slash of its own.
  return path
    .split(/\/(?![^[]*\])/)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : step.startsWith('[') ? step : `.${step}`))
    .join('')
    .slice(1);
}

test('a duplicate key of a core list is for server-side apply to refuse', () => {
  const body = changed(sample('Deployment'), 'spec/template/spec/containers/0/ports', [
    { containerPort: 80 },
    { containerPort: 80, protocol: 'TCP' },
  ]);
  expect(validate(schemaOf(body), body).map(({ rule }) => rule)).toEqual(['apply']);
});

test('null is nothing for core kinds', () => {
  const body = changed(
    changed(sample('Deployment'), 'spec/replicas', null),
    'spec/template/spec/volumes',
    null,
  );
  expect(validate(schemaOf(body), body)).toEqual([]);
});

test('a status must be readable, but nobody judges it', () => {
  const body = sample('Deployment');
  expect(validate(schemaOf(body), { ...body, status: { replicas: -1, conditions: [{ type: '' }] } })).toEqual(
    [],
  );
  expect(validate(schemaOf(body), { ...body, status: { replicas: 'x' } })).toHaveLength(1);
});
