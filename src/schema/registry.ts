import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { groupOf, oncePerText, versionOf, type JsonObject } from '../estate';
import { nearestVersion } from './chart-version';
import { compact } from './compact';
import { isCrd, readCrd } from './crd';
import {
  INDEX,
  SCHEMAS,
  type IndexedChart,
  type IndexedKind,
  type KindFile,
  type SchemaIndex,
} from './files';
import { withObjectMeta } from './object-meta';
import { REMOVED_VERSIONS } from './removed-versions';
import type { ChartKnowledge, KindInfo, KindSchema, SchemaNode, SchemaRegistry } from './types';

/** The imports folder that Fluxwright itself ships: at the root of the package, in a checkout as on npm. */
export function packageImports(): string {
  return join(__dirname, '..', '..', 'imports');
}

/**
 * Opens imports folders; a kind or chart that several know comes from the first. Reads only their indexes, a
 * schema when it is asked for, once. A folder without imports adds nothing.
 *
 * @example
 * const registry = openRegistry(['imports', packageImports()]);
 * registry.kind('apps/v1', 'Deployment')?.root;
 */
export function openRegistry(folders: readonly string[]): SchemaRegistry {
  const unique = [...new Set(folders.map((folder) => resolve(folder, SCHEMAS)))];
  return new FolderRegistry(unique.map((folder) => ({ folder, index: readIndex(folder) })));
}

/** A registry that also knows what CRDs found somewhere else say; these win. Objects that are no CRDs are ignored. */
export function registryWith(registry: SchemaRegistry, crds: readonly JsonObject[]): SchemaRegistry {
  const found = crds.filter(isCrd).flatMap(tryRead);
  return found.length === 0 ? registry : new OverlaidRegistry(registry, found);
}

function readIndex(folder: string): SchemaIndex {
  try {
    return JSON.parse(readFileSync(join(folder, INDEX), 'utf8')) as SchemaIndex;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kinds: [], charts: [] };
    throw new Error(`${join(folder, INDEX)} cannot be read: delete the folder and import again`, {
      cause: error,
    });
  }
}

/** What kind a group and name mean, as text. */
function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

type Located<T> = T & { readonly folder: string };

class FolderRegistry implements SchemaRegistry {
  private readonly kinds = new Map<string, Located<IndexedKind>>();
  private readonly resources = new Map<string, KindInfo>();
  private readonly charts = new Map<string, Located<IndexedChart>[]>();
  private readonly removed = new Map<string, KindInfo>(
    removedKinds().map((info) => [kindKey(info.group, info.kind), info]),
  );
  private readonly file = oncePerText((path) => JSON.parse(readFileSync(path, 'utf8')) as unknown);
  private readonly schema = oncePerText((key) => this.load(key));

  constructor(folders: readonly { folder: string; index: SchemaIndex }[]) {
    for (const { folder, index } of folders) {
      for (const kind of index.kinds) this.addKind({ ...kind, folder });
      for (const chart of index.charts) this.addChart({ ...chart, folder });
    }
  }

  kind(apiVersion: string, kind: string): KindSchema | undefined {
    return this.schema(`${apiVersion}/${kind}`);
  }

  info(group: string, kind: string): KindInfo | undefined {
    const key = kindKey(group, kind);
    return this.kinds.get(key) ?? this.removed.get(key);
  }

  infoOfCrd(name: string): KindInfo | undefined {
    return this.resources.get(name);
  }

  chart(name: string, version: string): ChartKnowledge | undefined {
    const known = nearestVersion(this.charts.get(name) ?? [], version);
    return known && (this.file(join(known.folder, known.file)) as ChartKnowledge);
  }

  private addKind(kind: Located<IndexedKind>): void {
    const key = kindKey(kind.group, kind.kind);
    if (this.kinds.has(key)) return;
    this.kinds.set(key, kind);
    this.resources.set(`${kind.plural}.${kind.group}`, kind);
  }

  private addChart(chart: Located<IndexedChart>): void {
    const known = this.charts.get(chart.name);
    if (!known) this.charts.set(chart.name, [chart]);
    else if (known.every(({ version }) => version !== chart.version)) known.push(chart);
  }

  private load(versionedKind: string): KindSchema | undefined {
    const slash = versionedKind.lastIndexOf('/');
    const apiVersion = versionedKind.slice(0, slash);
    const indexed = this.kinds.get(kindKey(groupOf(apiVersion), versionedKind.slice(slash + 1)));
    if (!indexed) return undefined;
    const file = this.file(join(indexed.folder, indexed.file)) as KindFile;
    const root = file.kinds[versionedKind];
    return root && schemaOf(indexed, versionOf(apiVersion), root, file.defs);
  }
}

function schemaOf(info: KindInfo, version: string, root: SchemaNode, defs: KindSchema['defs']): KindSchema {
  const { group, kind, plural, namespaced, served, unserved } = info;
  return { group, kind, plural, namespaced, served, unserved, version, root, defs };
}

/** Kinds of which Kubernetes serves no version any more: known, so that using one is no unknown kind. */
function removedKinds(): KindInfo[] {
  return REMOVED_VERSIONS.map(({ apiVersion, kind, plural, namespaced }) => ({
    group: groupOf(apiVersion),
    kind,
    plural,
    namespaced,
    served: [],
    unserved: REMOVED_VERSIONS.filter(
      (other) => other.kind === kind && groupOf(other.apiVersion) === groupOf(apiVersion),
    ).map((other) => versionOf(other.apiVersion)),
  }));
}

type FoundCrd = ReturnType<typeof readCrd>;

/** A CRD that cannot be read is a finding of the checks: here it only says nothing about kinds. */
function tryRead(crd: JsonObject): FoundCrd[] {
  try {
    return [readCrd(crd)];
  } catch {
    return [];
  }
}

class OverlaidRegistry implements SchemaRegistry {
  private readonly kinds: ReadonlyMap<string, FoundCrd>;
  private readonly resources: ReadonlyMap<string, FoundCrd>;
  private readonly schema = oncePerText((key) => this.load(key));

  constructor(
    private readonly below: SchemaRegistry,
    found: readonly FoundCrd[],
  ) {
    this.kinds = new Map(found.map((crd) => [kindKey(crd.info.group, crd.info.kind), crd]));
    this.resources = new Map(found.map((crd) => [`${crd.info.plural}.${crd.info.group}`, crd]));
  }

  kind(apiVersion: string, kind: string): KindSchema | undefined {
    return this.kinds.has(kindKey(groupOf(apiVersion), kind))
      ? this.schema(`${apiVersion}/${kind}`)
      : this.below.kind(apiVersion, kind);
  }

  info(group: string, kind: string): KindInfo | undefined {
    return this.kinds.get(kindKey(group, kind))?.info ?? this.below.info(group, kind);
  }

  infoOfCrd(name: string): KindInfo | undefined {
    return this.resources.get(name)?.info ?? this.below.infoOfCrd(name);
  }

  chart(name: string, version: string): ChartKnowledge | undefined {
    return this.below.chart(name, version);
  }

  private load(versionedKind: string): KindSchema | undefined {
    const slash = versionedKind.lastIndexOf('/');
    const apiVersion = versionedKind.slice(0, slash);
    const crd = this.kinds.get(kindKey(groupOf(apiVersion), versionedKind.slice(slash + 1)));
    const version = crd?.versions.find(({ name }) => name === versionOf(apiVersion));
    return crd && version && schemaOf(crd.info, version.name, withObjectMeta(compact(version.schema)), {});
  }
}
