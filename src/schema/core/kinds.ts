import type { Json, JsonObject } from '../../estate';
import { isBase64 } from '../validate/formats';
import { checkMetadataRules } from '../validate/metadata';
import { configKey, dns1035Label, dnsLabel, dnsSubdomain, labelKey, pathSegment, type TextCheck } from '../validate/names';
import type { Run } from '../validate/violation';
import { checkSchedule } from './cron';
import { isEmpty, isSet, object, objects, textOf } from './field-rules';
import { checkDefinition } from './definition';
import { checkPod, containersOf } from './types/pods';

/** What Go asks of an object as a whole. */
export type KindCheck = (body: JsonObject, run: Run) => void;

/** How the objects of a kind may be called, where that is not a DNS name. */
export const names: { readonly [kind: string]: TextCheck } = {
  Namespace: dnsLabel,
  Service: dns1035Label,
  StatefulSet: dnsLabel,
  CronJob: atMost(52, dnsSubdomain),
  Role: pathSegment,
  RoleBinding: pathSegment,
  ClusterRole: pathSegment,
  ClusterRoleBinding: pathSegment,
  PodDisruptionBudget: pathSegment,
};

function atMost(length: number, check: TextCheck): TextCheck {
  return (name) => (name.length > length ? `is longer than ${length} characters` : check(name));
}

/** Where the pods of a kind are described, and how they may restart. */
const templates: { readonly [kind: string]: { readonly path: readonly string[]; readonly restart: readonly string[] } } = {
  Deployment: { path: ['spec', 'template'], restart: ['Always'] },
  StatefulSet: { path: ['spec', 'template'], restart: ['Always'] },
  DaemonSet: { path: ['spec', 'template'], restart: ['Always'] },
  ReplicaSet: { path: ['spec', 'template'], restart: ['Always'] },
  ReplicationController: { path: ['spec', 'template'], restart: ['Always'] },
  Job: { path: ['spec', 'template'], restart: ['Never', 'OnFailure'] },
  CronJob: { path: ['spec', 'jobTemplate', 'spec', 'template'], restart: ['Never', 'OnFailure'] },
  PodTemplate: { path: ['template'], restart: ['Always', 'Never', 'OnFailure'] },
};

/** Judges the pods that a kind makes; nothing where it makes none. */
export function templateCheck(kind: string): KindCheck | undefined {
  const template = templates[kind];
  if (!template) return undefined;
  const { path, restart } = template;
  return (body, run) => {
    const value = path.reduce<JsonObject>((parent, field) => object(parent[field]), body);
    const claims = objects(object(body['spec'])['volumeClaimTemplates']).map((claim) => String(object(claim['metadata'])['name'] ?? ''));
    run.path.push(...path);
    run.at('metadata', () => checkMetadataRules(object(value['metadata']), run));
    run.at('spec', () => {
      const pod = object(value['spec']);
      checkPod(pod, run, kind === 'StatefulSet' ? claims : []);
      checkRestart(pod, kind, restart, run);
    });
    run.path.splice(run.path.length - path.length);
  };
}

function checkRestart(pod: JsonObject, kind: string, allowed: readonly string[], run: Run): void {
  const policy = textOf(pod['restartPolicy']) ?? 'Always';
  if (!allowed.includes(policy)) run.report('core', `the pods of a ${kind} cannot restart ${policy}`, `write ${allowed.join(' or ')}`, 'restartPolicy');
  const isLong = !kind.endsWith('Job') && kind !== 'PodTemplate';
  if (isLong && isSet(pod['activeDeadlineSeconds'])) run.report('core', `the pods of a ${kind} have no deadline`, 'remove it', 'activeDeadlineSeconds');
}

/** The rules of single kinds. */
export const kindChecks: { readonly [kind: string]: KindCheck } = {
  Pod: (body, run) => run.at('spec', () => checkLivePod(object(body['spec']), run)),
  ClusterRoleBinding: (body, run) => {
    objects(body['subjects']).forEach(({ kind, namespace }, index) => {
      if (kind === 'ServiceAccount' && isEmpty(namespace)) run.report('core', 'namespace is missing', "add the ServiceAccount's namespace", 'subjects', index, 'namespace');
    });
  },
  Namespace: checkPodSecurity,
  StatefulSet: checkClaimTemplates,
  Job: checkIndexedName,
  CronJob: checkCronJob,
  ReplicationController: checkReplicationController,
  ConfigMap: (body, run) => {
    checkKeys(body, ['data', 'binaryData'], run);
    checkDataSize(body, ['data', 'binaryData'], run);
  },
  Secret: checkSecret,
  StorageClass: (body, run) => {
    const { provisioner } = body;
    const problem = typeof provisioner === 'string' && provisioner !== '' ? labelKey(provisioner.toLowerCase()) : undefined;
    if (problem) run.report('core', `the provisioner ${problem}`, 'write e.g. csi.example.org', 'provisioner');
  },
  PriorityClass: checkPriorityClass,
  RuntimeClass: (body, run) => {
    const handler = body['handler'];
    const problem = typeof handler === 'string' && handler !== '' ? dnsLabel(handler) : undefined;
    if (problem) run.report('core', `the handler ${problem}`, 'write e.g. runsc', 'handler');
  },
  APIService: checkApiService,
  CustomResourceDefinition: checkDefinition,
};

/** In templates nobody looks at the spaces around an image. */
function checkLivePod(pod: JsonObject, run: Run): void {
  checkPod(pod, run);
  for (const { container, path } of containersOf(pod)) {
    const { image } = container;
    if (typeof image === 'string' && image !== image.trim()) run.report('core', 'the image has spaces around it', 'remove them', ...path, 'image');
  }
}

const podSecurityLabel = /^pod-security\.kubernetes\.io\/(?:enforce|audit|warn)$/;

function checkPodSecurity(body: JsonObject, run: Run): void {
  for (const [key, level] of Object.entries(object(object(body['metadata'])['labels']))) {
    if (podSecurityLabel.test(key) && !['privileged', 'baseline', 'restricted'].includes(String(level))) {
      run.report('core', `${String(level)} is no level of pod security`, 'write privileged, baseline or restricted', 'metadata', 'labels', key);
    }
    if (podSecurityLabel.test(key.replace(/-version$/, '')) && key.endsWith('-version') && !/^(?:latest|v1\.(?:0|[1-9]\d*))$/.test(String(level))) {
      run.report('core', `${String(level)} is no version`, 'write latest, or e.g. v1.35', 'metadata', 'labels', key);
    }
  }
}

function checkClaimTemplates(body: JsonObject, run: Run): void {
  objects(object(body['spec'])['volumeClaimTemplates']).forEach((claim, index) => {
    const name = object(claim['metadata'])['name'];
    const problem = typeof name === 'string' && name !== '' ? dnsLabel(name) : 'is missing';
    if (problem) run.report('core', `the name of the claim ${problem}`, 'write e.g. data', 'spec', 'volumeClaimTemplates', index, 'metadata', 'name');
  });
}

/** The pods of an indexed job are called after it, so its name must be one that pods can have. */
function checkIndexedName(body: JsonObject, run: Run): void {
  const { name } = object(body['metadata']);
  const { completionMode, completions } = object(body['spec']);
  if (completionMode !== 'Indexed' || typeof name !== 'string' || dnsSubdomain(name)) return;
  const last = typeof completions === 'number' ? Math.max(0, completions - 1) : 0;
  const problem = dnsLabel(`${name}-${last}`);
  if (problem) run.report('core', `the name of the last pod, ${name}-${last}, ${problem}`, 'write a shorter name without dots', 'metadata', 'name');
}

function checkCronJob(body: JsonObject, run: Run): void {
  const { schedule, timeZone } = object(body['spec']);
  const problem = typeof schedule === 'string' && schedule !== '' ? checkSchedule(schedule) : undefined;
  if (problem) run.report('core', `the schedule ${problem}`, 'write e.g. */5 * * * *', 'spec', 'schedule');
  if (!isSet(timeZone) || isTimeZone(timeZone!)) return;
  run.report('core', `there is no time zone ${String(timeZone)}`, 'write e.g. Europe/Berlin', 'spec', 'timeZone');
}

/** Zones are files for the server, so their names count by the letter; `Local` would depend on the server. */
function isTimeZone(name: Json): boolean {
  if (typeof name !== 'string' || name === '' || name.toLowerCase() === 'local') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.toLowerCase() !== name.toLowerCase() || /[a-z]/.test(name) || name.length <= 3;
  } catch {
    return false;
  }
}

function checkReplicationController(body: JsonObject, run: Run): void {
  const spec = object(body['spec']);
  const labels = object(object(object(spec['template'])['metadata'])['labels']);
  const selector = Object.entries(object(spec['selector']));
  if (selector.length > 0 && selector.some(([key, value]) => labels[key] !== value)) {
    run.report('core', "the selector does not select the template's labels", 'give both the same labels', 'spec', 'template', 'metadata', 'labels');
  }
}

const DATA_LIMIT = 1024 * 1024;

function checkKeys(body: JsonObject, fields: readonly string[], run: Run): void {
  const seen = new Set<string>();
  for (const field of fields) {
    for (const key of Object.keys(object(body[field]))) {
      const problem = configKey(key);
      if (problem) run.report('core', `the key ${key} ${problem}`, 'write e.g. app.properties', field, key);
      if (seen.has(key)) run.report('core', `the key ${key} is in ${fields.join(' and in ')}`, 'keep one of them', field, key);
      seen.add(key);
    }
  }
}

function checkDataSize(body: JsonObject, fields: readonly string[], run: Run): void {
  let size = 0;
  for (const field of fields) for (const value of Object.values(object(body[field]))) if (typeof value === 'string') size += sizeOf(value, field);
  if (size > DATA_LIMIT) run.report('size', `the data takes ${size} bytes of at most ${DATA_LIMIT}`, 'split it up, or keep it elsewhere', fields[0]!);
}

function sizeOf(text: string, field: string): number {
  return field === 'binaryData' || field === 'data64' ? Math.floor((text.length * 3) / 4) : Buffer.byteLength(text);
}

/** The keys that Secrets of a type must have. */
const secretKeys: { readonly [type: string]: readonly string[] } = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

function checkSecret(body: JsonObject, run: Run): void {
  const [data, strings] = [object(body['data']), object(body['stringData'])];
  checkKeys({ all: { ...data, ...strings } }, ['all'], run);
  const type = String(body['type'] ?? '');
  for (const key of Object.hasOwn(secretKeys, type) ? secretKeys[type]! : []) {
    const isEmptyKey = type === 'kubernetes.io/ssh-auth' && isEmpty(strings[key] ?? data[key]);
    if (isEmptyKey || (!(key in data) && !(key in strings))) run.report('core', `a Secret of type ${type} has ${key}`, `add ${key}`, 'data', key);
  }
  if (type === 'kubernetes.io/basic-auth' && ![data, strings].some((map) => 'username' in map || 'password' in map)) {
    run.report('core', 'a Secret of type basic-auth has a username or a password', 'add username', 'data');
  }
  const config = Object.hasOwn(secretKeys, type) && type.includes('docker') ? secretText(data, strings, secretKeys[type]![0]!) : undefined;
  if (config !== undefined && !isJsonObject(config)) run.report('core', `${secretKeys[type]![0]!} is no JSON`, 'write {"auths": {…}}', 'data');
  if (type === 'kubernetes.io/service-account-token' && isEmpty(object(object(body['metadata'])['annotations'])['kubernetes.io/service-account.name'])) {
    run.report('core', 'a token says whose it is', 'annotate kubernetes.io/service-account.name', 'metadata', 'annotations');
  }
  checkSecretSize(data, strings, run);
}

function checkSecretSize(data: JsonObject, strings: JsonObject, run: Run): void {
  checkDataSize({ data64: Object.fromEntries(Object.entries(data).filter(([key]) => !(key in strings))), data: strings }, ['data64', 'data'], run);
}

function secretText(data: JsonObject, strings: JsonObject, key: string): string | undefined {
  const [plain, encoded] = [strings[key], data[key]];
  if (key in strings) return typeof plain === 'string' ? plain : '';
  return typeof encoded === 'string' && isBase64(encoded) ? Buffer.from(encoded, 'base64').toString() : undefined;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

function checkPriorityClass(body: JsonObject, run: Run): void {
  const { value } = body;
  const name = String(object(body['metadata'])['name'] ?? '');
  if (name.startsWith('system-')) run.report('core', 'names that start with system- are for the cluster itself', 'write another name', 'metadata', 'name');
  if (typeof value === 'number' && value > 1_000_000_000) run.report('core', 'values above 1000000000 are for the cluster itself', 'write a smaller one', 'value');
}

function checkApiService(body: JsonObject, run: Run): void {
  const { group, version, service, insecureSkipTLSVerify, caBundle } = object(body['spec']);
  const wanted = `${String(version ?? '')}.${String(group ?? '')}`;
  if (object(body['metadata'])['name'] !== wanted) run.report('core', `the name must be the version and the group`, `write ${wanted}`, 'metadata', 'name');
  if (isSet(service) && insecureSkipTLSVerify === true && !isEmpty(caBundle)) {
    run.report('core', 'caBundle means nothing without verification', 'remove one of the two', 'spec', 'insecureSkipTLSVerify');
  }
  if (!isSet(service) && insecureSkipTLSVerify === true) run.report('core', 'a local API needs no exception from TLS', 'remove it', 'spec', 'insecureSkipTLSVerify');
}
