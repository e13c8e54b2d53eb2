import type { Json, JsonObject } from '../../estate';
import type { KindInfo } from '../types';
import { equal } from '../../estate/equal';
import { parseQuantity } from '../validate/quantity';
import { Run, type Violation } from '../validate/violation';
import { isEmpty, object, textOf } from './field-rules';
import { meaning } from './meaning';
import { checkClaimTemplates, checkPod, statefulSetFix } from './immutable-pods';

/** A field that stays as it was made. */
interface Fixed {
  readonly path: readonly string[];
  /** What the server puts where nobody wrote anything. */
  readonly absent?: Json;
}

/** What of a kind cannot change. */
interface ImmutableKind {
  readonly fixed?: readonly Fixed[];
  /** Everything in a field but these. */
  readonly allBut?: { readonly path: readonly string[]; readonly fields: readonly string[] };
  /** What depends on more than one field. */
  readonly check?: (before: JsonObject, after: JsonObject, run: Run) => void;
  /** How to get there nevertheless. */
  readonly fix: string;
}

/**
 * The changes to a core object that the server would refuse, because these fields stay as they were made. For
 * custom resources these are a few in the metadata; the rest is in the rules of their schema.
 */
export function immutableChanges(
  kind: Pick<KindInfo, 'group' | 'kind'>,
  before: JsonObject,
  after: JsonObject,
): Violation[] {
  if (equal(before, after)) return [];
  const run = new Run();
  const name = kind.group === '' ? kind.kind : `${kind.group}/${kind.kind}`;
  for (const path of assigned) compareAssigned(path, before, after, run);
  const rules = Object.hasOwn(kinds, name) ? kinds[name]! : undefined;
  if (!rules) return [...run.violations];
  for (const { path, absent } of rules.fixed ?? []) compareField(path, absent, rules.fix, before, after, run);
  if (rules.allBut) compareRest(rules.allBut, rules.fix, before, after, run);
  rules.check?.(before, after, run);
  return [...run.violations];
}

function valueAt(body: JsonObject, path: readonly string[], absent: Json): Json {
  const value = path.reduce<Json | undefined>((parent, field) => object(parent)[field], body);
  // False and zero are absent inside of values; at the field itself they are what somebody wrote.
  return value === false || value === 0 ? value : (meaning(value) ?? absent);
}

/** What the server itself writes into every object. */
const assigned = ['uid', 'deletionGracePeriodSeconds'];

function compareAssigned(field: string, before: JsonObject, after: JsonObject, run: Run): void {
  const [old, now] = [object(before['metadata'])[field], object(after['metadata'])[field]];
  if (!isEmpty(now) && old !== now)
    run.report('immutable', `the server assigns ${field}`, 'remove it', 'metadata', field);
}

function compareField(
  path: readonly string[],
  absent: Json = null,
  fix: string,
  before: JsonObject,
  after: JsonObject,
  run: Run,
): void {
  if (equal(valueAt(before, path, absent), valueAt(after, path, absent))) return;
  run.report('immutable', `${path.at(-1)!} cannot be changed`, fix, ...path);
}

function compareRest(
  { path, fields }: NonNullable<ImmutableKind['allBut']>,
  fix: string,
  before: JsonObject,
  after: JsonObject,
  run: Run,
): void {
  const [old, now] = [object(valueAt(before, path, {})), object(valueAt(after, path, {}))];
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (!fields.includes(field)) compareField([...path, field], defaults[field], fix, before, after, run);
  }
}

const defaults: { readonly [field: string]: Json } = {
  podManagementPolicy: 'OrderedReady',
  volumeMode: 'Filesystem',
  attachRequired: true,
};

const field = (path: string, absent?: Json): Fixed => ({
  path: path.split('.'),
  ...(absent !== undefined && { absent }),
});

const anew = 'make it under another name and remove this one, or delete it first';

function checkSealed(before: JsonObject, after: JsonObject, run: Run): void {
  if (before['immutable'] !== true) return;
  if (after['immutable'] !== true)
    run.report('immutable', 'what was made immutable stays so', anew, 'immutable');
  for (const data of ['data', 'binaryData', 'stringData']) compareField([data], {}, anew, before, after, run);
}

function checkClaim(before: JsonObject, after: JsonObject, run: Run): void {
  for (const source of ['dataSource', 'dataSourceRef']) {
    if (!isEmpty(object(after['spec'])[source]))
      compareField(['spec', source], null, 'make another claim', before, after, run);
  }
  const [old, now] = [sizeOf(before), sizeOf(after)];
  if (old === undefined || now === undefined || now >= old) return;
  run.report(
    'immutable',
    'a volume cannot shrink',
    'make a smaller claim under another name and move the data',
    'spec',
    'resources',
    'requests',
    'storage',
  );
}

function sizeOf(claim: JsonObject): number | undefined {
  return parseQuantity(valueAt(claim, ['spec', 'resources', 'requests', 'storage'], null));
}

function checkService(before: JsonObject, after: JsonObject, run: Run): void {
  const [old, now] = [object(before['spec']), object(after['spec'])];
  const isExternal = [old, now].some((spec) => spec['type'] === 'ExternalName');
  const [from, to] = [textOf(old['clusterIP']), textOf(now['clusterIP'])];
  // Without an address of its own a Service keeps the one that it was given, so only naming another one is refused.
  if (!isExternal && to !== undefined && to !== from) {
    run.report(
      'immutable',
      'clusterIP cannot be changed',
      'delete the Service first, or make another one',
      'spec',
      'clusterIP',
    );
  }
  const isBalanced = [old, now].every((spec) => spec['type'] === 'LoadBalancer');
  if (isBalanced)
    compareField(['spec', 'loadBalancerClass'], null, 'change the type first', before, after, run);
}

function checkJob(before: JsonObject, after: JsonObject, run: Run): void {
  const isElastic =
    object(after['spec'])['completionMode'] === 'Indexed' &&
    equal(valueAt(after, ['spec', 'completions'], null), valueAt(after, ['spec', 'parallelism'], null));
  if (!isElastic) compareField(['spec', 'completions'], null, anew, before, after, run);
}

function checkVolume(before: JsonObject, after: JsonObject, run: Run): void {
  const settings = [
    'capacity',
    'accessModes',
    'claimRef',
    'persistentVolumeReclaimPolicy',
    'storageClassName',
    'mountOptions',
    'nodeAffinity',
    'volumeMode',
    'volumeAttributesClassName',
  ];
  compareRest({ path: ['spec'], fields: settings }, anew, before, after, run);
  compareField(['spec', 'volumeMode'], 'Filesystem', anew, before, after, run);
  if (!isEmpty(object(before['spec'])['nodeAffinity']))
    compareField(['spec', 'nodeAffinity'], null, anew, before, after, run);
}

const selector: ImmutableKind = {
  fixed: [field('spec.selector')],
  fix: 'make it under another name and remove this one',
};
const binding: ImmutableKind = { fixed: [field('roleRef.kind'), field('roleRef.name')], fix: anew };

const kinds: { readonly [kind: string]: ImmutableKind } = {
  'apps/Deployment': selector,
  'apps/DaemonSet': selector,
  'apps/ReplicaSet': selector,
  'apps/StatefulSet': {
    allBut: {
      path: ['spec'],
      fields: [
        'replicas',
        'ordinals',
        'template',
        'updateStrategy',
        'revisionHistoryLimit',
        'persistentVolumeClaimRetentionPolicy',
        'minReadySeconds',
        'volumeClaimTemplates',
      ],
    },
    check: checkClaimTemplates,
    fix: statefulSetFix,
  },
  'batch/Job': {
    fixed: [
      field('spec.selector'),
      field('spec.template'),
      field('spec.completionMode', 'NonIndexed'),
      field('spec.podFailurePolicy'),
      field('spec.backoffLimitPerIndex'),
      field('spec.managedBy'),
      field('spec.successPolicy'),
    ],
    check: checkJob,
    fix: 'give the new job another name, e.g. one that changes with its content',
  },
  Pod: { check: checkPod, fix: anew },
  Service: { check: checkService, fix: anew },
  ConfigMap: { check: checkSealed, fix: anew },
  Secret: { fixed: [field('type', 'Opaque')], check: checkSealed, fix: anew },
  PersistentVolumeClaim: {
    allBut: {
      path: ['spec'],
      fields: ['resources', 'volumeAttributesClassName', 'volumeName', 'dataSource', 'dataSourceRef'],
    },
    check: checkClaim,
    fix: 'make another claim and move the data',
  },
  PersistentVolume: { check: checkVolume, fix: anew },
  ResourceQuota: { fixed: [field('spec.scopes', [])], fix: anew },
  'storage.k8s.io/StorageClass': {
    fixed: [
      field('provisioner'),
      field('parameters', {}),
      field('reclaimPolicy', 'Delete'),
      field('volumeBindingMode', 'Immediate'),
    ],
    fix: anew,
  },
  'storage.k8s.io/CSIDriver': {
    fixed: [field('spec.attachRequired', true), field('spec.volumeLifecycleModes', ['Persistent'])],
    fix: anew,
  },
  'storage.k8s.io/VolumeAttributesClass': {
    fixed: [field('driverName'), field('parameters', {})],
    fix: anew,
  },
  'rbac.authorization.k8s.io/RoleBinding': binding,
  'rbac.authorization.k8s.io/ClusterRoleBinding': binding,
  'networking.k8s.io/IngressClass': { fixed: [field('spec.controller')], fix: anew },
  'scheduling.k8s.io/PriorityClass': {
    fixed: [field('value', 0), field('preemptionPolicy', 'PreemptLowerPriority')],
    fix: anew,
  },
  'node.k8s.io/RuntimeClass': { fixed: [field('handler')], fix: anew },
  'discovery.k8s.io/EndpointSlice': { fixed: [field('addressType')], fix: anew },
  'apiextensions.k8s.io/CustomResourceDefinition': {
    fixed: [field('spec.scope'), field('spec.group'), field('spec.names.kind'), field('spec.names.plural')],
    fix: 'make another CRD, and move its objects',
  },
};
