import type { EstateObject, Json, JsonObject, Strength, Target } from '../estate';
import { groupOf, type IsNamespaced, kindOf, splitKind, textIn } from '../estate';
import { hostsIn } from './hosts';
import { type KindFields, type ReferenceRow, type ReferenceTable, splitPath } from './tables/row';

/** A field that names something, as it stands in the body; nobody has looked yet whether it is there. */
export interface Mention {
  readonly path: string;
  readonly target: Target;
  readonly strength: Strength;
  readonly optional: boolean;
}

/** Finds what an object mentions, in one walk over its body. */
export type Scanner = (object: EstateObject) => Mention[];

/** Make a scanner of reference tables. */
export function scanner(
  tables: readonly ReferenceTable[],
  domain: string,
  isNamespaced: IsNamespaced,
): Scanner {
  const tries = new Map<string, Trie>();
  for (const table of tables) {
    for (const [kind, rows] of Object.entries(table)) {
      const trie = tries.get(kind) ?? emptyTrie(false);
      for (const row of rows) insert(trie, splitPath(row.at), row);
      tries.set(kind, trie);
    }
  }
  return (object) => {
    const found: Mention[] = [];
    const walk: Walk = { object, domain, isNamespaced, path: [], found };
    const own = [tries.get(kindOf(object)), tries.get('*')].filter((trie) => trie !== undefined);
    visit(object.body, own, walk);
    return found;
  };
}

interface Trie {
  readonly fields: Map<string, Trie>;
  readonly rows: ReferenceRow[];
  /** True behind `**`: what it looks for may be at any depth. */
  readonly stays: boolean;
}

interface Walk {
  readonly object: EstateObject;
  readonly domain: string;
  readonly isNamespaced: IsNamespaced;
  readonly path: (string | number)[];
  readonly found: Mention[];
}

function emptyTrie(stays: boolean): Trie {
  return { fields: new Map(), rows: [], stays };
}

function insert(trie: Trie, segments: readonly string[], row: ReferenceRow): void {
  let current = trie;
  for (const segment of segments) {
    const next = current.fields.get(segment) ?? emptyTrie(segment === anyDepth);
    current.fields.set(segment, next);
    current = next;
  }
  current.rows.push(row);
}

const anyDepth = '**';
const none: readonly Trie[] = [];

function visit(value: Json | undefined, tries: readonly Trie[], walk: Walk): void {
  if (typeof value === 'string') return visitText(value, walk);
  if (typeof value !== 'object' || value === null) return;
  for (const trie of tries) for (const row of trie.rows) mention(value, row, walk);
  if (Array.isArray(value)) {
    const inner = descend(tries, '[]');
    for (let index = 0; index < value.length; index++) step(value[index] as Json, index, inner, walk);
    return;
  }
  for (const key in value as JsonObject) step((value as JsonObject)[key], key, descend(tries, key), walk);
}

function step(value: Json | undefined, key: string | number, tries: readonly Trie[], walk: Walk): void {
  walk.path.push(key);
  visit(value, tries, walk);
  walk.path.pop();
}

function descend(tries: readonly Trie[], key: string): readonly Trie[] {
  if (tries.length === 0) return none;
  let found: Trie[] | undefined;
  for (const trie of tries) {
    if (trie.stays) (found ??= []).push(trie);
    const direct = trie.fields.get(key);
    const any = key === '[]' ? undefined : trie.fields.get('*');
    if (direct) enter(direct, (found ??= []));
    if (any) enter(any, (found ??= []));
  }
  return found ?? none;
}

/** `a.**.b` means `a.b` as well. */
function enter(trie: Trie, found: Trie[]): void {
  found.push(trie);
  const deep = trie.fields.get(anyDepth);
  if (deep) found.push(deep);
}

function visitText(text: string, walk: Walk): void {
  for (const { service, namespace, port } of hostsIn(decoded(text, walk), walk.domain)) {
    const target = { kind: 'Service', namespace, name: service, ...(port === undefined ? {} : { port }) };
    walk.found.push({ path: pathText(walk.path), target, strength: 'runtime', optional: false });
  }
}

/** What a Secret holds in `data` is base64; host names in it count as well. */
function decoded(text: string, { object, path }: Walk): string {
  const encoded = object.kind === 'Secret' && path[0] === 'data' && groupOf(object.apiVersion) === '';
  return encoded ? Buffer.from(text, 'base64').toString('utf8') : text;
}

function mention(value: object, row: ReferenceRow, walk: Walk): void {
  const holder = value as JsonObject;
  const found = row.name === '[]' && Array.isArray(value) ? (value as readonly Json[]) : [holder[row.name]];
  found.forEach((text, index) => {
    if (typeof text !== 'string' || text === '' || row.except?.includes(text)) return;
    const field = row.name === '[]' ? index : row.name;
    const kind = typeof row.kind === 'string' ? row.kind : kindFrom(holder, row.kind);
    const target = targetOf(text, kind, holder, row, walk);
    if (!target || people.has(kind)) return;
    const optional = row.optional === true || holder['optional'] === true;
    walk.found.push({ path: pathText([...walk.path, field]), target, strength: row.strength, optional });
  });
}

/** What a name stands for; nothing where it is a host name, or where nobody can say in which namespace it is. */
function targetOf(
  text: string,
  kind: string,
  holder: JsonObject,
  row: ReferenceRow,
  walk: Walk,
): Target | undefined {
  if (kind === 'Service' && text.includes('.')) return undefined;
  // Some fields take `namespace/name`.
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  const place = slash > 0 ? { namespace: text.slice(0, slash) } : namespaceOf(holder, row, kind, walk);
  return place && { kind, name, ...place, ...keyOf(holder, row) };
}

function kindFrom(holder: JsonObject, fields: KindFields): string {
  const slash = fields.otherwise.lastIndexOf('/');
  const kind = holder[fields.kind ?? 'kind'];
  const group = fields.group === undefined ? undefined : holder[fields.group];
  const ownGroup =
    typeof group === 'string' ? groupName(group) : fields.otherwise.slice(0, Math.max(slash, 0));
  const ownKind = typeof kind === 'string' ? kind : fields.otherwise.slice(slash + 1);
  // A kind from another group than the default one has to say so; Kubernetes' own have no group.
  const known = coreKinds.has(ownKind) && typeof group !== 'string' ? '' : ownGroup;
  return known === '' ? ownKind : `${known}/${ownKind}`;
}

/** Kinds of the core group that stand without a group beside kinds of other groups. */
const coreKinds = new Set([
  'ConfigMap',
  'Secret',
  'Service',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'Pod',
  'Namespace',
]);

function groupName(group: string): string {
  const isVersion = /^v\d/.test(group);
  return isVersion ? '' : groupOf(group.includes('/') ? group : `${group}/v1`);
}

function namespaceOf(
  holder: JsonObject,
  row: ReferenceRow,
  kind: string,
  { object, isNamespaced }: Walk,
): { namespace?: string } | undefined {
  if (isNamespaced(...splitKind(kind)) === false) return {};
  const named = row.namespace === undefined ? undefined : toldNamespace(row.namespace, holder, object);
  const namespace = named === undefined || named === '' ? object.namespace : named;
  if (namespace !== undefined) return { namespace };
  return isNamespaced(groupOf(object.apiVersion), object.kind) === false ? undefined : {};
}

function toldNamespace(where: string, holder: JsonObject, { body }: EstateObject): string | undefined {
  if (where.startsWith('=')) return where.slice(1);
  return where.startsWith('/') ? textIn(body, ...splitPath(where.slice(1))) : textIn(holder, where);
}

/** Subjects of bindings that are no objects. */
const people = new Set([
  'User',
  'Group',
  'rbac.authorization.k8s.io/User',
  'rbac.authorization.k8s.io/Group',
]);

function keyOf(holder: JsonObject, row: ReferenceRow): { key?: string } {
  if (row.key === undefined) return {};
  if (row.key.startsWith('=')) return { key: row.key.slice(1) };
  const key = holder[row.key];
  return typeof key === 'string' ? { key } : {};
}

/** Segments as a person writes them: `spec.volumes[0].name`, with quotes where a key holds a dot. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    if (/[.[\]"]/.test(segment)) return `${text}["${segment}"]`;
    return text === '' ? segment : `${text}.${segment}`;
  }, '');
}
