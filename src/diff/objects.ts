import { objectId } from '../estate';
import type { FileTree, Json, JsonObject, ObjectId } from '../estate';
import { isObjectFile } from '../layout';
import { changedSince } from '../previous';
import type { PreviousTree } from '../previous';
import type { SchemaRegistry } from '../schema/types';
import { parseDocuments } from '../yaml';
import { fieldsOf } from './fields';
import type { FieldChange } from './fields';
import { maskFields } from './mask';
import { placeOf } from './schema';
import { diffValues } from './value';

/** One object that differs. Values of Secrets are masked. */
export interface ObjectChange {
  /** Moved: written in another folder now; its fields may differ too. */
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  readonly cluster: string;
  readonly id: ObjectId;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Where it was and where it is, relative to the output folder. */
  readonly from?: string;
  readonly to?: string;
  readonly fields: readonly FieldChange[];
}

/** An object in its file; without a body where the text is not one YAML object. */
interface Located {
  readonly path: string;
  readonly body: JsonObject | undefined;
}

/** What differs between two trees of files, object by object. */
export function diffTrees(before: FileTree, after: FileTree, schemas?: SchemaRegistry): ObjectChange[] {
  return diffObjects(differing(before, after), differing(after, before), schemas);
}

/** What differs between what was committed and a tree. */
export function diffSince(previous: PreviousTree, tree: FileTree, schemas?: SchemaRegistry): ObjectChange[] {
  const { changed, removed, added } = changedSince(previous, tree);
  const before = [...changed, ...removed].map(({ path, before }) => ({ path, body: before }));
  const after = [...changed.map(({ path }) => path), ...added].map((path) => located(tree, path));
  return diffObjects(before, after, schemas);
}

function differing(tree: FileTree, other: FileTree): Located[] {
  const paths = [...tree.keys()].filter((path) => isObjectFile(path) && tree.get(path) !== other.get(path));
  return paths.map((path) => located(tree, path));
}

function located(tree: FileTree, path: string): Located {
  const { documents, problems } = parseDocuments(tree.get(path) ?? '', path);
  return { path, body: documents.length === 1 && problems.length === 0 ? documents[0]?.body : undefined };
}

/** Objects are matched by identity inside their cluster, so that one in another folder has moved. */
function diffObjects(
  before: readonly Located[],
  after: readonly Located[],
  schemas: SchemaRegistry | undefined,
): ObjectChange[] {
  const old = new Map(before.map((object) => [keyOf(object), object]));
  const now = new Map(after.map((object) => [keyOf(object), object]));
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((key) => diffObject(old.get(key), now.get(key), schemas));
}

function diffObject(
  before: Located | undefined,
  after: Located | undefined,
  schemas: SchemaRegistry | undefined,
): ObjectChange[] {
  const object = after ?? before;
  if (object === undefined) return [];
  const identity = identityOf(object);
  const places = { ...(before && { from: before.path }), ...(after && { to: after.path }) };
  if (!before || !after)
    return [{ change: before ? 'removed' : 'added', ...identity, ...places, fields: [] }];
  const place = placeOf(schemas?.kind(identity.apiVersion, identity.kind));
  const difference = before.body && after.body && diffValues(before.body, after.body, place);
  const fields = difference ? maskFields(fieldsOf(difference), identity.kind) : [];
  if (before.path !== after.path) return [{ change: 'moved', ...identity, ...places, fields }];
  // Only the writing differs, unless one of the two cannot be read.
  if (before.body && after.body && fields.length === 0) return [];
  return [{ change: 'changed', ...identity, ...places, fields }];
}

function keyOf(object: Located): string {
  const { cluster, id } = identityOf(object);
  return `${cluster} ${id}`;
}

/** What has no identity is a file: its path names it. */
function identityOf({ path, body }: Located) {
  const cluster = path.split('/')[0] ?? '';
  const metadata = (body?.['metadata'] ?? {}) as { readonly [key: string]: Json | undefined };
  const [apiVersion, kind, name] = [body?.['apiVersion'], body?.['kind'], metadata['name']];
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') {
    return { cluster, id: objectId('', 'File', undefined, path), apiVersion: '', kind: 'File', name: path };
  }
  const namespace = typeof metadata['namespace'] === 'string' ? { namespace: metadata['namespace'] } : {};
  return {
    cluster,
    id: objectId(apiVersion, kind, namespace.namespace, name),
    apiVersion,
    kind,
    ...namespace,
    name,
  };
}
