import type { Json, JsonObject } from '../../estate';
import { checkMetadataRules } from '../validate/metadata';
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelKey,
  pathSegment,
  type TextCheck,
} from '../validate/names';
import { show, type Run } from '../validate/violation';
import { checkSchedule } from './cron';
import { asText, isEmpty, isSet, object, objects, textOf } from './field-rules';
import { checkDefinition } from './definition';
import { checkPod, containersOf } from './types/pods';
import { checkDataSize, checkKeys, checkSecret } from './config';

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
const templates: {
  readonly [kind: string]: { readonly path: readonly string[]; readonly restart: readonly string[] };
} = {
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
    const claims = objects(object(body['spec'])['volumeClaimTemplates']).map((claim) =>
      asText(object(claim['metadata'])['name']),
    );
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
  if (!allowed.includes(policy))
    run.report(
      'core',
      `the pods of a ${kind} cannot restart ${policy}`,
      `write ${allowed.join(' or ')}`,
      'restartPolicy',
    );
  const isLong = !kind.endsWith('Job') && kind !== 'PodTemplate';
  if (isLong && isSet(pod['activeDeadlineSeconds']))
    run.report('core', `the pods of a ${kind} have no deadline`, 'remove it', 'activeDeadlineSeconds');
}

/** The rules of single kinds. */
export const kindChecks: { readonly [kind: string]: KindCheck } = {
  Pod: (body, run) => run.at('spec', () => checkLivePod(object(body['spec']), run)),
  ClusterRoleBinding: (body, run) => {
    objects(body['subjects']).forEach(({ kind, namespace }, index) => {
      if (kind === 'ServiceAccount' && isEmpty(namespace))
        run.report(
          'core',
          'namespace is missing',
          "add the ServiceAccount's namespace",
          'subjects',
          index,
          'namespace',
        );
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
    const problem =
      typeof provisioner === 'string' && provisioner !== '' ? labelKey(provisioner.toLowerCase()) : undefined;
    if (problem)
      run.report('core', `the provisioner ${problem}`, 'write e.g. csi.example.org', 'provisioner');
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
    if (typeof image === 'string' && image !== image.trim())
      run.report('core', 'the image has spaces around it', 'remove them', ...path, 'image');
  }
}

const podSecurityLabel = /^pod-security\.kubernetes\.io\/(?:enforce|audit|warn)$/;

function checkPodSecurity(body: JsonObject, run: Run): void {
  for (const [key, level] of Object.entries(object(object(body['metadata'])['labels']))) {
    if (podSecurityLabel.test(key) && !['privileged', 'baseline', 'restricted'].includes(asText(level))) {
      run.report(
        'core',
        `${show(level)} is no level of pod security`,
        'write privileged, baseline or restricted',
        'metadata',
        'labels',
        key,
      );
    }
    if (
      podSecurityLabel.test(key.replace(/-version$/, '')) &&
      key.endsWith('-version') &&
      !/^(?:latest|v1\.(?:0|[1-9]\d*))$/.test(asText(level))
    ) {
      run.report(
        'core',
        `${show(level)} is no version`,
        'write latest, or e.g. v1.35',
        'metadata',
        'labels',
        key,
      );
    }
  }
}

function checkClaimTemplates(body: JsonObject, run: Run): void {
  objects(object(body['spec'])['volumeClaimTemplates']).forEach((claim, index) => {
    const name = object(claim['metadata'])['name'];
    const problem = typeof name === 'string' && name !== '' ? dnsLabel(name) : 'is missing';
    if (problem)
      run.report(
        'core',
        `the name of the claim ${problem}`,
        'write e.g. data',
        'spec',
        'volumeClaimTemplates',
        index,
        'metadata',
        'name',
      );
  });
}

/** The pods of an indexed job are called after it, so its name must be one that pods can have. */
function checkIndexedName(body: JsonObject, run: Run): void {
  const { name } = object(body['metadata']);
  const { completionMode, completions } = object(body['spec']);
  if (completionMode !== 'Indexed' || typeof name !== 'string' || dnsSubdomain(name)) return;
  const last = typeof completions === 'number' ? Math.max(0, completions - 1) : 0;
  const problem = dnsLabel(`${name}-${last}`);
  if (problem)
    run.report(
      'core',
      `the name of the last pod, ${name}-${last}, ${problem}`,
      'write a shorter name without dots',
      'metadata',
      'name',
    );
}

function checkCronJob(body: JsonObject, run: Run): void {
  const { schedule, timeZone } = object(body['spec']);
  const problem = typeof schedule === 'string' && schedule !== '' ? checkSchedule(schedule) : undefined;
  if (problem) run.report('core', `the schedule ${problem}`, 'write e.g. */5 * * * *', 'spec', 'schedule');
  if (!isSet(timeZone) || isTimeZone(timeZone!)) return;
  run.report(
    'core',
    `there is no time zone ${show(timeZone)}`,
    'write e.g. Europe/Berlin',
    'spec',
    'timeZone',
  );
}

/** Zones are files for the server, so their names count by the letter; `Local` would depend on the server. */
function isTimeZone(name: Json): boolean {
  if (typeof name !== 'string' || name === '' || name.toLowerCase() === 'local') return false;
  try {
    return (
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.toLowerCase() !==
        name.toLowerCase() ||
      /[a-z]/.test(name) ||
      name.length <= 3
    );
  } catch {
    return false;
  }
}

function checkReplicationController(body: JsonObject, run: Run): void {
  const spec = object(body['spec']);
  const labels = object(object(object(spec['template'])['metadata'])['labels']);
  const selector = Object.entries(object(spec['selector']));
  if (selector.some(([key, value]) => labels[key] !== value)) {
    run.report(
      'core',
      "the selector does not select the template's labels",
      'give both the same labels',
      'spec',
      'template',
      'metadata',
      'labels',
    );
  }
}

function checkPriorityClass(body: JsonObject, run: Run): void {
  const { value } = body;
  const name = asText(object(body['metadata'])['name']);
  if (name.startsWith('system-'))
    run.report(
      'core',
      'names that start with system- are for the cluster itself',
      'write another name',
      'metadata',
      'name',
    );
  if (typeof value === 'number' && value > 1_000_000_000)
    run.report('core', 'values above 1000000000 are for the cluster itself', 'write a smaller one', 'value');
}

function checkApiService(body: JsonObject, run: Run): void {
  const { group, version, service, insecureSkipTLSVerify, caBundle } = object(body['spec']);
  const wanted = [version, group].map((part) => (typeof part === 'string' ? part : '')).join('.');
  if (object(body['metadata'])['name'] !== wanted)
    run.report('core', `the name must be the version and the group`, `write ${wanted}`, 'metadata', 'name');
  if (isSet(service) && insecureSkipTLSVerify === true && !isEmpty(caBundle)) {
    run.report(
      'core',
      'caBundle means nothing without verification',
      'remove one of the two',
      'spec',
      'insecureSkipTLSVerify',
    );
  }
  if (!isSet(service) && insecureSkipTLSVerify === true)
    run.report(
      'core',
      'a local API needs no exception from TLS',
      'remove it',
      'spec',
      'insecureSkipTLSVerify',
    );
}
