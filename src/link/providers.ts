import type { ClusterInfo, EstateObject, External, ObjectId, Provided, Target, Verdict } from '../estate';
import {
  chartOf,
  groupOf,
  isForAnother,
  isHelmRelease,
  isMap,
  kindOf,
  releaseNameOf,
  releaseNamespaceOf,
  releaseValuesOf,
  splitKind,
} from '../estate';
import { providedBy } from '../schema/provided-by';
import { madeFor, makesAnything } from '../estate/provides';
import type { SchemaRegistry } from '../schema/types';
import { builtIn, fluxGroups } from './tables/built-in';

/** What became of a search: the object that is or brings the target, none where it is from elsewhere. */
export interface Found {
  readonly verdict: Verdict;
  readonly to?: ObjectId | undefined;
}

/** Finds what a reference names. */
export interface Providers {
  /** `notBy` cannot be who brings it: it needs it itself, before it brings anything. */
  find(target: Target, notBy?: ObjectId): Found;
}

/** Look at everything that a cluster has, is brought and is promised. */
export function providersOf(
  info: ClusterInfo,
  objects: readonly EstateObject[],
  registry: SchemaRegistry,
): Providers {
  const byKey = new Map<string, ObjectId | undefined>();
  const closed: Closed[] = [];
  for (const { kind, namespace, name } of builtIn(info)) byKey.set(keyOf(kind, namespace, name), undefined);
  const byId = new Map(objects.map((object) => [object.id, object]));
  for (const object of objects) {
    const { brought, books } = broughtBy(object, { registry, object: (id) => byId.get(id) });
    for (const { kind, namespace, name } of brought) {
      const key = keyOf(kind, namespace, name);
      if (!byKey.has(key)) byKey.set(key, object.id);
    }
    if (books) closed.push(books);
  }
  for (const object of objects) byKey.set(keyOf(kindOf(object), object.namespace, object.name), object.id);
  return { find: (target, notBy) => find(target, byKey, closed, info, notBy) };
}

/** Something that may bring more than anybody knows. */
interface Closed {
  readonly by: ObjectId;
  /** `*` where it may bring anything, into every namespace. */
  readonly namespace: string | undefined;
  /** What it brings is named so, or is not its. Empty where nothing at all is known of it. */
  readonly prefix: string;
  /** The names of a release and its chart: what has one of them in its own is most likely its. */
  readonly called: readonly string[];
  /** Parts of a chart that its values speak of: what they switch on is often named after them alone. */
  readonly parts?: readonly string[];
  /** A chart may bring what belongs to the whole cluster; for a custom resource no operator does. */
  readonly isChart: boolean;
}

function find(
  target: Target,
  byKey: Map<string, ObjectId | undefined>,
  closed: readonly Closed[],
  info: ClusterInfo,
  notBy: ObjectId | undefined,
): Found {
  const { kind, namespace, name } = target;
  for (const place of [namespace, '*']) {
    const key = keyOf(kind, place, name);
    const to = byKey.get(key);
    if (to !== undefined || byKey.has(key)) return { verdict: 'present', to };
  }
  if (isDefault(target) || info.externals.some((external) => covers(external, target)))
    return { verdict: 'present' };
  const near = closed.filter(({ by, namespace: place, isChart }) => {
    if (by === notBy) return false;
    if (place === '*') return true;
    return mayBeInside(target) && (namespace === undefined ? isChart : place === namespace);
  });
  const named = near.find(
    ({ prefix, parts = [] }) =>
      (prefix !== '' && name.startsWith(prefix)) || parts.some((part) => name.startsWith(`${part}-`)),
  );
  const open = near.filter((book) => book.prefix === '');
  const likely = named ?? open.find(({ called }) => called.some((word) => name.includes(word))) ?? open[0];
  return likely ? { verdict: 'unknown', to: likely.by } : { verdict: 'absent' };
}

/** No chart and no operator brings a Namespace to others, or what Flux itself reads. */
function mayBeInside({ kind }: Target): boolean {
  return kind !== 'Namespace' && !fluxGroups.has(splitKind(kind)[0]);
}

/** Kubernetes, Istio and OpenShift put theirs into every namespace. */
const rootCertificates = new Set(['kube-root-ca.crt', 'istio-ca-root-cert', 'openshift-service-ca.crt']);

/** Every namespace has these from the start. */
function isDefault({ kind, name }: Target): boolean {
  return (
    (kind === 'ServiceAccount' && name === 'default') || (kind === 'ConfigMap' && rootCertificates.has(name))
  );
}

function covers(external: External, target: Target): boolean {
  const near = external.namespace === undefined || stands(external.namespace, target.namespace);
  return external.kind === target.kind && stands(external.name, target.name) && near;
}

/** Whether a declared name, or `*`, stands for a name. */
function stands(declared: string, name: string | undefined): boolean {
  return declared === '*' || declared === name;
}

interface Look {
  readonly registry: SchemaRegistry;
  readonly object: (id: ObjectId) => EstateObject | undefined;
}

interface Brought {
  readonly brought: readonly Provided[];
  readonly books?: Closed;
}

function broughtBy(object: EstateObject, look: Look): Brought {
  const declared = object.provides ?? [];
  if (isHelmRelease(object)) return byRelease(object, declared, look);
  const made = madeFor(object);
  if (made) return { brought: [...declared, ...made] };
  if (makesAnything.has(kindOf(object))) return { brought: declared, books: anything(object) };
  const group = groupOf(object.apiVersion);
  const custom = group.includes('.') && !group.endsWith('.k8s.io') && !fluxGroups.has(group);
  const books = {
    by: object.id,
    namespace: object.namespace,
    prefix: object.name,
    called: [],
    isChart: false,
  };
  return { brought: declared, ...(custom && declared.length === 0 ? { books } : {}) };
}

function anything({ id }: EstateObject): Closed {
  return { by: id, namespace: '*', prefix: '', called: [], isChart: true };
}

function byRelease(object: EstateObject, declared: readonly Provided[], look: Look): Brought {
  if (isForAnother(object)) return { brought: declared };
  const namespace = releaseNamespaceOf(object);
  const release = releaseNameOf(object);
  const chart = chartOf(object, look.object);
  const known = chart && look.registry.chart(chart.name, chart.version);
  const objects = known ? providedBy(known, release, namespace, releaseValuesOf(object)) : [];
  const crds = (known?.crds ?? []).map((name) => ({ kind: crdKind, name }));
  const told = known?.objects !== undefined || declared.length > 0;
  const brought = objects.map((one) => ({ ...one, kind: kindOf(one) }));
  const made = objects.flatMap((one) => madeFor({ ...one, body: {} }) ?? []);
  return {
    brought: [...declared, ...crds, ...brought, ...made],
    books: {
      by: object.id,
      namespace,
      prefix: told ? release : '',
      called: chart ? [release, chart.name] : [release],
      parts: partsOf(object),
      isChart: true,
    },
  };
}

/** The maps of a release's values, where one may switch a part of the chart on. */
function partsOf(release: EstateObject): string[] {
  const values = Object.entries(releaseValuesOf(release));
  return values.filter(([, value]) => isMap(value)).map(([name]) => name);
}

/** The kind of CRDs, as references name it. */
export const crdKind = 'apiextensions.k8s.io/CustomResourceDefinition';

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}|${namespace ?? ''}|${name}`;
}
