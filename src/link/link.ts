import type { ClusterEstate, Edge, EstateObject, Reference, Target } from '../estate';
import { coreGroups, groupOf, isForAnother, isHelmRelease, oncePer, oncePerText, recall } from '../estate';
import type { SchemaRegistry } from '../schema/types';
import { crdKind, type Providers, providersOf } from './providers';
import { type Mention, scanner } from './scan';
import { fluxGroups } from './tables/built-in';
import { referenceTables } from './tables';
import { webhookMentions } from './webhooks';

/** Find what every object of a cluster needs, and who brings it. */
export function link(cluster: ClusterEstate, registry: SchemaRegistry): ClusterEstate {
  const { info, objects } = cluster;
  const providers = providersOf(info, objects, registry);
  const scan = scannersOf(registry)(info.domain);
  const admitted = webhookMentions(objects, registry);
  const references: Reference[] = [];
  for (const object of objects) {
    const scanned = object.verbatim === undefined ? recall(object, scan) : [];
    const here = isForAnother(object) ? scanned.filter(({ path }) => !ofTheOther.test(path)) : scanned;
    for (const mentions of [needsOf(object, registry), here, admitted.get(object.id) ?? []])
      for (const mention of mentions) references.push(resolve(object, mention, providers));
  }
  return { ...cluster, references, edges: edgesOf(references) };
}

/** What a release or a Kustomization for another cluster names there, not here. */
const ofTheOther = /^spec\.(?:values\b|serviceAccountName$)/;

/** The scanner of a registry, then of a domain: what it has found in a body holds for the next run as well. */
const scannersOf = oncePer((registry: SchemaRegistry) =>
  oncePerText((domain) =>
    scanner(referenceTables, domain, (group, kind) => registry.info(group, kind)?.namespaced),
  ),
);

/** What an object needs by being what it is: its Namespace, and the CRD of its kind. */
function needsOf(object: EstateObject, registry: SchemaRegistry): Mention[] {
  const needs: Mention[] = [];
  if (object.namespace !== undefined) {
    needs.push({
      path: 'metadata.namespace',
      target: { kind: 'Namespace', name: object.namespace },
      ...admission,
    });
  }
  const group = groupOf(object.apiVersion);
  if (!coreGroups.has(group) && !fluxGroups.has(group)) {
    needs.push({
      path: 'apiVersion',
      target: { kind: crdKind, name: crdName(object, registry) },
      ...admission,
    });
  }
  return needs;
}

const admission = { strength: 'admission', optional: false } as const;

/** The name of the CRD of an object's kind; a guess at the plural where nobody knows the kind. */
export function crdName(object: EstateObject, registry: SchemaRegistry): string {
  const group = groupOf(object.apiVersion);
  const plural = registry.info(group, object.kind)?.plural ?? `${object.kind.toLowerCase()}s`;
  return `${plural}.${group}`;
}

function resolve(object: EstateObject, mention: Mention, providers: Providers): Reference {
  const { path, target, strength, optional } = mention;
  // What a release reads before it is installed, e.g. values, its own chart cannot bring.
  const isReadFirst = isHelmRelease(object) && strength !== 'runtime' && !optional;
  const { verdict, to } = providers.find(target, isReadFirst ? object.id : undefined);
  const found = { from: object.id, path, target, strength, optional, verdict };
  return to === undefined ? found : Object.assign(found, { to });
}

function edgesOf(references: readonly Reference[]): Edge[] {
  const edges: Edge[] = [];
  for (const { from, to, strength, path, target, optional, verdict } of references) {
    if (to === undefined || to === from || (optional && verdict === 'unknown')) continue;
    edges.push({ from, to, strength: optional ? 'runtime' : strength, path, why: describeTarget(target) });
  }
  return edges;
}

/** How a person would call what a reference names: `Secret shop/card-gateway`, `kafka.queuing.svc`. */
export function describeTarget(target: Target): string {
  const kind = target.kind.slice(target.kind.lastIndexOf('/') + 1);
  return target.namespace ? `${kind} ${target.namespace}/${target.name}` : `${kind} ${target.name}`;
}
