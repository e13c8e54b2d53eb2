import { type Json, type JsonObject, mapIn } from '../estate';
import { mapChildren } from '../schema/compact';
import { openRegistry, packageImports } from '../schema/registry';
import type { KindInfo, KindSchema, SchemaNode, SchemaRegistry } from '../schema/types';

/** The kinds of Flux, by group. */
const FLUX_KINDS: Readonly<Record<string, readonly string[]>> = {
  'source.toolkit.fluxcd.io': [
    'Bucket',
    'ExternalArtifact',
    'GitRepository',
    'HelmChart',
    'HelmRepository',
    'OCIRepository',
  ],
  'kustomize.toolkit.fluxcd.io': ['Kustomization'],
  'helm.toolkit.fluxcd.io': ['HelmRelease'],
  'notification.toolkit.fluxcd.io': ['Alert', 'Provider', 'Receiver'],
  'image.toolkit.fluxcd.io': ['ImagePolicy', 'ImageRepository', 'ImageUpdateAutomation'],
};

/** The CRDs of Flux, made from what the library knows of its kinds. */
export function fluxCrds(registry: SchemaRegistry = openRegistry([packageImports()])): JsonObject[] {
  return Object.entries(FLUX_KINDS).flatMap(([group, kinds]) =>
    kinds.flatMap((kind) => {
      const info = registry.info(group, kind);
      return info ? [withShortName(crdOf(info, registry), SHORT_NAMES[kind])] : [];
    }),
  );
}

/** What everybody calls them: `kubectl get ks`. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  GitRepository: 'gitrepo',
  HelmChart: 'hc',
  HelmRelease: 'hr',
  HelmRepository: 'helmrepo',
  Kustomization: 'ks',
  OCIRepository: 'ocirepo',
};

function withShortName(crd: JsonObject, shortName: string | undefined): JsonObject {
  if (shortName === undefined) return crd;
  const names = { ...mapIn(crd, 'spec', 'names'), shortNames: [shortName] };
  return { ...crd, spec: { ...mapIn(crd, 'spec'), names } };
}

/** A CustomResourceDefinition that accepts what the known schemas of a kind accept. */
export function crdOf(info: KindInfo, registry: SchemaRegistry): JsonObject {
  const { group, kind, plural, namespaced, served } = info;
  const versions = served.flatMap((version) => {
    const schema = registry.kind(`${group}/${version}`, kind);
    return schema ? [schema] : [];
  });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      annotations: group.endsWith('.k8s.io')
        ? { 'api-approved.kubernetes.io': 'unapproved, made for a lab' }
        : {},
    },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: versions.map((schema, index) => versionOf(schema, index === 0)),
    },
  };
}

function versionOf(schema: KindSchema, storage: boolean): JsonObject {
  const root = inline(schema.root, schema.defs);
  const { apiVersion: _apiVersion, kind: _kind, ...properties } = root.properties ?? {};
  const metadata = onlyNameRules(properties['metadata']);
  return {
    name: schema.version,
    served: true,
    storage,
    schema: { openAPIV3Schema: { ...root, properties: { ...properties, metadata } } as unknown as Json },
    subresources: properties['status'] ? { status: {} } : {},
    additionalPrinterColumns: properties['status'] ? COLUMNS : [],
  };
}

/** What `kubectl get` shows of what has conditions. */
const COLUMNS = [
  { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Status', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].message' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

/** A CRD may say of metadata no more than what names look like. */
function onlyNameRules(metadata: SchemaNode | undefined): SchemaNode {
  const name = metadata?.properties?.['name'];
  const { type: _type, ...rules } = name ?? {};
  return Object.keys(rules).length === 0
    ? { type: 'object' }
    : { type: 'object', properties: { name: name! } };
}

/** CRDs know no references: each is replaced by what it points at. */
function inline(node: SchemaNode, defs: KindSchema['defs']): SchemaNode {
  const target = node.$ref === undefined ? undefined : defs[node.$ref.replace('#/defs/', '')];
  if (!target) return mapChildren(node, (child) => inline(child, defs));
  const { $ref: _ref, ...own } = node;
  return { ...inline(target, defs), ...own };
}
