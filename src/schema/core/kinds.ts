import type { JsonObject } from '../../estate';
import { readAddress } from '../validate/addresses';
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
import { checkCronJob } from './cron';
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
  CertificateSigningRequest: pathSegment,
  IPAddress: (name) => (readAddress(name) ? undefined : 'must be an IP address'),
  Event: pathSegment,
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
  Role: (body, run) => {
    objects(body['rules']).forEach(({ nonResourceURLs }, index) => {
      const message = 'a Role is about what is in its namespace, and URLs are not';
      if (!isEmpty(nonResourceURLs))
        run.report('core', message, 'write a ClusterRole', 'rules', index, 'nonResourceURLs');
    });
  },
  Ingress: checkIngressClass,
  ClusterRoleBinding: (body, run) => {
    if (object(body['roleRef'])['kind'] === 'Role')
      run.report('core', 'a Role is for one namespace', 'write ClusterRole', 'roleRef', 'kind');
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
  if (isSet(pod['overhead']) && isEmpty(pod['runtimeClassName']))
    run.report(
      'core',
      'the overhead comes from a RuntimeClass',
      'write runtimeClassName instead',
      'overhead',
    );
  objects(pod['volumes']).forEach(({ image }, index) => {
    if (isSet(image) && isEmpty(object(image)['reference']))
      run.report('core', 'the reference is missing', 'add it', 'volumes', index, 'image', 'reference');
  });
  for (const { container, path } of containersOf(pod)) {
    const { image } = container;
    if (typeof image === 'string' && image !== image.trim())
      run.report('core', 'the image has spaces around it', 'remove them', ...path, 'image');
  }
}

/** The class has an older place too, and both must say the same. */
function checkIngressClass(body: JsonObject, run: Run): void {
  const old = object(object(body['metadata'])['annotations'])['kubernetes.io/ingress.class'];
  const { ingressClassName: name } = object(body['spec']);
  if (textOf(old) && textOf(name) && old !== name)
    run.report(
      'core',
      `the annotation kubernetes.io/ingress.class says ${show(old)}`,
      'remove it',
      'spec',
      'ingressClassName',
    );
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
