import { groupOf, versionOf, type Json, type JsonObject } from '../estate';
import { ANYTHING, compact, isObject, mapChildren } from '../schema/compact';
import { OBJECT_META } from '../schema/object-meta';
import { REMOVED_VERSIONS } from '../schema/removed-versions';
import type { KindInfo, KindSchema, SchemaNode } from '../schema/types';

const PREFIX = '#/components/schemas/';
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** The OpenAPI does not say which kinds belong to the cluster. */
const CLUSTER_SCOPED = new Set(
  `APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding ClusterTrustBundle
  CustomResourceDefinition DeviceClass FlowSchema IPAddress IngressClass MutatingAdmissionPolicy
  MutatingAdmissionPolicyBinding MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass
  PriorityLevelConfiguration ResourceSlice RuntimeClass ServiceCIDR StorageClass StorageVersion
  StorageVersionMigration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
  ValidatingWebhookConfiguration VolumeAttachment VolumeAttributesClass`.split(/\s+/),
);

/** Questions and orders to the API server: it never stores them, so they cannot be reconciled. */
const NEVER_STORED = new Set(
  `Binding ComponentStatus DeleteOptions Eviction LocalSubjectAccessReview Scale SelfSubjectAccessReview
  SelfSubjectReview SelfSubjectRulesReview SubjectAccessReview TokenRequest TokenReview`.split(/\s+/),
);

const SUFFIX = '([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?';

/** Types of which the OpenAPI says too little, as the API server reads them. */
const KNOWN_TYPES: { readonly [name: string]: SchemaNode } = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    format: 'quantity',
    pattern: `^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)${SUFFIX}$`,
    anyOf: [{ type: 'number' }, { type: 'string' }],
  },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object', ...ANYTHING },
  [META]: OBJECT_META,
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { type: 'object', ...ANYTHING },
};

interface Found {
  readonly schema: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Whether a document is an OpenAPI of Kubernetes: the file of a release, or just its map of schemas. */
export function isOpenApi(document: JsonObject): boolean {
  return Object.keys(schemasOf(document)).some((name) => name.startsWith('io.k8s.'));
}

/**
 * The kinds of a Kubernetes OpenAPI that can be written into a manifest, all with the same `defs`, a kind's preferred
 * version first.
 */
export function kubernetesKinds(openApi: JsonObject): KindSchema[] {
  const schemas = schemasOf(openApi);
  const defs = Object.fromEntries(
    Object.keys(schemas)
      .toSorted()
      .map((name) => [shortName(name), nodeOf(name, schemas[name]!)]),
  );
  const found = Object.keys(schemas).flatMap((name) => storedKinds(name, schemas[name]!));
  const used = reachable(
    found.map(({ schema }) => shortName(schema)),
    defs,
  );
  return found
    .map((entry) => ({
      ...infoOf(entry, found),
      version: entry.version,
      root: used[shortName(entry.schema)]!,
      defs: used,
    }))
    .toSorted(
      (a, b) =>
        compareText(`${a.group}/${a.kind}`, `${b.group}/${b.kind}`) || byPriority(a.version, b.version),
    );
}

function schemasOf(openApi: JsonObject): JsonObject {
  const components = openApi['components'];
  const inner = isObject(components) ? components['schemas'] : openApi['definitions'];
  return isObject(inner) ? inner : openApi;
}

/** `core.v1.PodSpec` for `io.k8s.api.core.v1.PodSpec`: the last three parts tell types apart. */
function shortName(name: string): string {
  return name.split('.').slice(-3).join('.');
}

function nodeOf(name: string, schema: Json): SchemaNode {
  const known = KNOWN_TYPES[name];
  if (known) return known;
  const node = reference(compact(schema));
  return Object.keys(node).length === 0 ? ANYTHING : node;
}

/** `{allOf: [{$ref}]}`, which the OpenAPI uses to describe a reference, made a plain one; empty defaults dropped. */
function reference(node: SchemaNode): SchemaNode {
  const target = node.$ref ?? (node.allOf?.length === 1 ? node.allOf[0]!.$ref : undefined);
  const meaning = isEmptyDefault(node.default) ? {} : { default: node.default! };
  if (target !== undefined && typeof target === 'string') {
    return {
      $ref: `#/defs/${shortName(target.replace(PREFIX, '').replace('#/definitions/', ''))}`,
      ...meaning,
    };
  }
  const { default: _, ...rest } = node;
  return mapChildren({ ...rest, ...meaning }, reference);
}

/** The zero values of Go, which the OpenAPI notes as defaults even of required fields. */
function isEmptyDefault(value: Json | undefined): boolean {
  return !value || (isObject(value) && Object.keys(value).length === 0);
}

function storedKinds(name: string, schema: Json): Found[] {
  if (!isObject(schema) || !isObject(schema['properties'])) return [];
  const kinds = schema['x-kubernetes-group-version-kind'];
  const metadata = JSON.stringify(schema['properties']['metadata'] ?? '');
  if (!Array.isArray(kinds) || kinds.length !== 1 || !metadata.includes(META)) return [];
  const { group, version, kind } = kinds[0] as { group: string; version: string; kind: string };
  return NEVER_STORED.has(kind) ? [] : [{ schema: name, group, version, kind }];
}

function infoOf({ group, kind }: Found, all: readonly Found[]): KindInfo {
  const removed = REMOVED_VERSIONS.filter((row) => row.kind === kind && groupOf(row.apiVersion) === group);
  return {
    group,
    kind,
    plural: pluralOf(kind),
    namespaced: !CLUSTER_SCOPED.has(kind),
    served: all
      .filter((other) => other.group === group && other.kind === kind)
      .map(({ version }) => version)
      .toSorted(byPriority),
    unserved: removed.map(({ apiVersion }) => versionOf(apiVersion)),
  };
}

function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  if (lower === 'endpoints') return lower;
  return lower.endsWith('s') ? `${lower}es` : `${lower}s`;
}

/** Stable versions before beta before alpha, then the higher number: the API server's own preference. */
function byPriority(a: string, b: string): number {
  const [first, second] = [rank(a), rank(b)];
  return first[0] - second[0] || first[1] - second[1] || compareText(b, a);
}

function rank(version: string): [stage: number, major: number] {
  const [, major = '0', stage = ''] = /^v(\d+)(alpha|beta)?/.exec(version) ?? [];
  return [['', 'beta', 'alpha'].indexOf(stage), -Number(major)];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The definitions that some kind uses, so that files hold no others. */
function reachable(
  names: readonly string[],
  defs: { readonly [name: string]: SchemaNode },
): Record<string, SchemaNode> {
  const seen = new Set<string>();
  const visit = (node: SchemaNode): SchemaNode => {
    if (node.$ref !== undefined) add(node.$ref.slice('#/defs/'.length));
    return mapChildren(node, visit);
  };
  const add = (name: string): void => {
    if (seen.has(name) || !defs[name]) return;
    seen.add(name);
    visit(defs[name]);
  };
  for (const name of names) add(name);
  return Object.fromEntries([...seen].toSorted().map((name) => [name, defs[name]!]));
}
