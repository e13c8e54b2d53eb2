import type { Json, JsonObject } from '../../src/estate';
import type { KindSchema, SchemaNode } from '../../src/schema/types';
import { isObject, resolve } from '../../src/schema/validate/scope';
import { sampleOf } from './agreement-samples';

/** An object with one thing about it changed. */
export interface Mutation {
  /** What was done, and where: `remove spec.selector`. */
  readonly name: string;
  readonly body: JsonObject;
}

type Path = readonly (string | number)[];

/** A new value for one place; undefined removes it. */
interface Change {
  readonly what: string;
  readonly path: Path;
  readonly value: Json | undefined;
}

/**
 * An object changed in every systematic way that its schema suggests: each field removed, emptied, of another type,
 * out of range, misspelt, twice; each absent field added. Most results are broken, some are fine: that is for the
 * judges to find out.
 */
export function mutations(schema: KindSchema, body: JsonObject): Mutation[] {
  const changes = [...changesOf(schema.root, body, [], schema)];
  return changes.map(({ what, path, value }) => ({
    name: `${what} ${path.join('.') || 'the object'}`,
    body: changed(body, path, value) as JsonObject,
  }));
}

/**
 * An object with one place after the other taken over from another of its kind: what is fine in both may contradict
 * itself together.
 */
export function* splices(body: JsonObject, other: JsonObject, path: Path = []): Generator<Mutation> {
  const [ours, theirs] = [at(body, path), at(other, path)];
  if (!isObject(theirs) || !isObject(ours)) return;
  for (const [key, value] of Object.entries(theirs)) {
    if (path.length === 0 && ['apiVersion', 'kind', 'metadata'].includes(key)) continue;
    const name = `take over ${[...path, key].join('.')}`;
    yield { name, body: changed(body, [...path, key], value) as JsonObject };
    yield* splices(body, other, [...path, key]);
  }
}

function at(body: JsonObject, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => (isObject(value) ? value[step] : undefined), body);
}

function* changesOf(reference: SchemaNode, value: Json, path: Path, schema: KindSchema): Generator<Change> {
  const node = resolve(reference, schema.defs);
  if (path.length > 0) yield { what: 'remove', path, value: undefined };
  if (path.length === 0) {
    yield* changesOfObject(node, value as JsonObject, path, schema);
    return;
  }
  for (const other of otherValues(node, value))
    if (typeof other !== typeof value || other !== value)
      yield { what: `set ${JSON.stringify(other).slice(0, 40)} at`, path, value: other };
  if (Array.isArray(value)) yield* changesOfList(node, value, path, schema);
  else if (isObject(value)) yield* changesOfObject(node, value, path, schema);
}

const everyType: readonly Json[] = [
  null,
  'text',
  7,
  1.5,
  true,
  {},
  [],
  { unknownField: 1 },
  ['text'],
  [null],
];
const texts: readonly Json[] = [
  '',
  'UPPER_case',
  ' spaced ',
  'a'.repeat(300),
  '-dash',
  'dots.are.here',
  '*',
  'a/b',
  '../up',
  '/abs/path',
  '10',
  '5',
  '10.0.0.1',
  '10%',
  '1h',
  '0.5',
  '1Gi',
  '-1',
  // Unusual forms of which some are legal in one place and others in another.
  '1e3',
  '.5',
  '+1',
  '007',
  '1 Gi',
  '50%',
  '101%',
  '010.0.0.1',
  '127.0.0.1',
  'fd00::1',
  '::ffff:10.0.0.1',
  '10.0.0.0/8',
  '10.0.0.0/08',
  'fd00::/8',
  '*.example.org',
  'example.org.',
  'example.org/a',
  'kubernetes.io/x',
  'hugepages-2Mi',
  'v1/',
  '@every 1s',
  '*/5 * * * *',
  'Etc/GMT+1',
  '0-3',
  'line\n',
  'ü',
];
const numbers: readonly Json[] = [0, -1, 1, 3, 0.5, 101, 256, 512, 3601, 65536, 40000, 2 ** 31, 2 ** 53];

function otherValues(node: SchemaNode, value: Json): readonly Json[] {
  if (typeof value === 'string')
    return [...everyType, ...texts, ...(node.enum ?? []), value.toUpperCase(), `${value}x`, `${value}!`];
  if (typeof value === 'number') return [...everyType, ...numbers, value + 1, value - 1, ...limits(node)];
  return typeof value === 'boolean' ? [...everyType, !value, 'true'] : everyType;
}

function limits({ minimum, maximum }: SchemaNode): number[] {
  return [
    ...(minimum === undefined ? [] : [minimum, minimum - 1]),
    ...(maximum === undefined ? [] : [maximum, maximum + 1]),
  ];
}

function* changesOfList(
  node: SchemaNode,
  items: readonly Json[],
  path: Path,
  schema: KindSchema,
): Generator<Change> {
  if (items.length > 0) yield { what: 'repeat the first item of', path, value: [...items, items[0]!] };
  if (items.length > 1) yield { what: 'reverse', path, value: items.toReversed() };
  if (node.maxItems !== undefined && node.maxItems < 70) {
    yield {
      what: 'overfill',
      path,
      value: Array.from({ length: node.maxItems + 1 }, (_, index) => distinct(items[0] ?? 'text', index)),
    };
  }
  for (const [index, item] of items.entries())
    yield* changesOf(node.items ?? {}, item, [...path, index], schema);
}

/** The same item with every text made another one, so that lists of unique items can grow. */
function distinct(item: Json, index: number): Json {
  if (typeof item === 'string') return `${item}${index}`;
  if (!isObject(item)) return item;
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, distinct(value, index)]));
}

function* changesOfObject(
  node: SchemaNode,
  value: JsonObject,
  path: Path,
  schema: KindSchema,
): Generator<Change> {
  yield { what: 'unknown field in', path, value: { ...value, notAField: 'x' } };
  if (!node.properties)
    yield { what: 'odd key in', path, value: { ...value, 'odd key!': Object.values(value)[0] ?? 'x' } };
  for (const [key, child] of Object.entries(value)) {
    const inner =
      node.properties?.[key] ??
      (typeof node.additionalProperties === 'object' ? node.additionalProperties : {});
    yield { what: `misspell ${key} in`, path, value: renamed(value, key) };
    if (path.length > 0 || !['apiVersion', 'kind'].includes(key))
      yield* changesOf(inner, child, [...path, key], schema);
  }
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    if (
      key in value ||
      key === 'status' ||
      (path.length === 0 && ['apiVersion', 'kind', 'metadata'].includes(key))
    )
      continue;
    for (const sample of additions(child, schema)) yield { what: 'add', path: [...path, key], value: sample };
  }
}

function renamed(value: JsonObject, key: string): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name === key ? `${name}s` : name, child]),
  );
}

/** What to put where nothing was: the smallest value that the schema allows, and every value that it lists. */
function additions(child: SchemaNode, schema: KindSchema): readonly Json[] {
  const node = resolve(child, schema.defs);
  const values = node.enum ?? (node.type === 'boolean' ? [true, false] : [sampleOf(child, schema.defs)]);
  return values.slice(0, 4);
}

/** The same value with one place changed; nothing else is copied. */
function changed(value: Json, path: Path, replacement: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return replacement!;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    if (rest.length === 0 && replacement === undefined) return items.filter((_, index) => index !== step);
    return items.map((item, index) => (index === step ? changed(item, rest, replacement) : item));
  }
  const object = value as JsonObject;
  if (rest.length > 0 || replacement !== undefined)
    return { ...object, [step]: changed(object[step] ?? null, rest, replacement) };
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== step));
}
