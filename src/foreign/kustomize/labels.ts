import type { Json, JsonObject } from '../../estate';
import { isMap, mapIn } from '../../estate';
import { type FieldSpec, isFieldOf, updateAt } from './fields';
import { nameOf, type Resource, withBody } from './resource';

const affinity = ['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
  `${kind}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `${kind}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);
const spread = 'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels';
const withPods = ['apps/Deployment', 'apps/StatefulSet'];

const ofObject: FieldSpec = { path: 'metadata/labels', create: true };
const ofTemplates: readonly FieldSpec[] = [
  {
    path: 'spec/template/metadata/labels',
    kinds: [
      'ReplicationController',
      'Deployment',
      'ReplicaSet',
      'DaemonSet',
      'apps/StatefulSet',
      'batch/Job',
    ],
    create: true,
  },
  { path: 'spec/jobTemplate/metadata/labels', kinds: ['batch/CronJob'], create: true },
  { path: 'spec/jobTemplate/spec/template/metadata/labels', kinds: ['batch/CronJob'], create: true },
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', kinds: ['apps/StatefulSet'], create: true },
];
const ofSelectors: readonly FieldSpec[] = [
  { path: 'spec/selector', kinds: ['Service', 'ReplicationController'], create: true },
  {
    path: 'spec/selector/matchLabels',
    kinds: ['Deployment', 'ReplicaSet', 'DaemonSet', 'apps/StatefulSet'],
    create: true,
  },
  { path: 'spec/selector/matchLabels', kinds: ['batch/Job', 'policy/PodDisruptionBudget'] },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', kinds: ['batch/CronJob'] },
  ...affinity.map((path) => ({ path: `spec/template/spec/affinity/${path}`, kinds: withPods })),
  { path: spread, kinds: withPods },
  ...['spec', 'spec/ingress/from', 'spec/egress/to'].map((path) => ({
    path: `${path}/podSelector/matchLabels`,
    kinds: ['networking.k8s.io/NetworkPolicy'],
  })),
];
const annotations: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  {
    path: 'spec/template/metadata/annotations',
    kinds: ['ReplicationController', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'batch/Job'],
    create: true,
  },
  { path: 'spec/jobTemplate/metadata/annotations', kinds: ['batch/CronJob'], create: true },
  { path: 'spec/jobTemplate/spec/template/metadata/annotations', kinds: ['batch/CronJob'], create: true },
];

/** `commonLabels`: everywhere, selectors included. */
export function commonLabels(resources: readonly Resource[], labels: JsonObject): Resource[] {
  return addPairs(resources, labels, [ofObject, ...ofTemplates, ...ofSelectors]);
}

/** One entry of `labels`. */
export function labelEntry(resources: readonly Resource[], entry: JsonObject): Resource[] {
  const selectors = entry['includeSelectors'] === true;
  const templates = selectors || entry['includeTemplates'] === true;
  const fields = [ofObject, ...(templates ? ofTemplates : []), ...(selectors ? ofSelectors : [])];
  return addPairs(resources, mapIn(entry['pairs']), fields);
}

/** `commonAnnotations`. */
export function commonAnnotations(resources: readonly Resource[], pairs: JsonObject): Resource[] {
  return addPairs(resources, pairs, annotations);
}

/** The labels and annotations that Flux gives to every object itself. */
export function commonMetadata(resources: readonly Resource[], metadata: JsonObject): Resource[] {
  const labelled = addPairs(resources, mapIn(metadata['labels']), [ofObject]);
  return addPairs(labelled, mapIn(metadata['annotations']), annotations.slice(0, 1));
}

function addPairs(
  resources: readonly Resource[],
  pairs: JsonObject,
  fields: readonly FieldSpec[],
): Resource[] {
  if (Object.keys(pairs).length === 0) return [...resources];
  const add = (value: Json | undefined): Json => ({ ...(isMap(value) ? value : {}), ...pairs });
  return resources.map((resource) => {
    const { kind } = nameOf(resource);
    const own = fields.filter((field) => isFieldOf(field, kind));
    return withBody(
      resource,
      own.reduce((body, { path, create = false }) => updateAt(body, path, create, add), resource.body),
    );
  });
}
