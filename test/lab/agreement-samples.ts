import type { Json, JsonObject } from '../../src/estate';
import { re2 } from '../../src/schema/pattern';
import type { KindSchema, SchemaNode } from '../../src/schema/types';
import { isObject, resolve } from '../../src/schema/validate/scope';

type Defs = KindSchema['defs'];

/** The smallest value that a schema allows, as far as that can be told without trying. */
export function sampleOf(reference: SchemaNode, defs: Defs, depth = 0): Json {
  const node = resolve(reference, defs);
  const fallback = reference.default ?? node.default;
  if (fallback !== undefined) return fallback;
  if (node.enum) return node.enum.find((value) => value !== '' && value !== null) ?? node.enum[0]!;
  if (node['x-kubernetes-int-or-string']) return 1;
  if (node.format === 'quantity') return '1';
  if (node.type === 'object' || node.properties) return sampleObject(node, defs, depth);
  if (node.type === 'array') return sampleList(node, defs, depth);
  return sampleScalar(node);
}

function sampleObject(node: SchemaNode, defs: Defs, depth: number): JsonObject {
  const branch = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].find(({ required }) => required);
  const names = new Set([...(node.required ?? []), ...(branch?.required ?? [])]);
  if (depth > 8) return {};
  const named = [...names].map(
    (name) => [name, sampleOf(node.properties?.[name] ?? {}, defs, depth + 1)] as const,
  );
  const additional = typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
  const free =
    additional && names.size === 0 ? [['key', sampleOf(additional, defs, depth + 1)] as const] : [];
  const embedded = node['x-kubernetes-embedded-resource']
    ? { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'sample' } }
    : {};
  return { ...embedded, ...Object.fromEntries([...named, ...free]) };
}

function sampleList(node: SchemaNode, defs: Defs, depth: number): Json[] {
  const length = Math.max(1, node.minItems ?? 0);
  return depth > 8 ? [] : Array.from({ length }, () => sampleOf(node.items ?? {}, defs, depth + 1));
}

const candidates = [
  'sample',
  '1h',
  '10s',
  '1',
  '1Gi',
  'v1',
  'https://example.org/path',
  'oci://example.org/path',
  'ssh://example.org/path',
  'a@example.org',
  '1.2.3',
  '>=1.0.0',
  '2026-01-31T08:00:00Z',
  '08:00',
  'monday',
  '10.0.0.1',
  '10.0.0.0/8',
  '/path',
  './path',
  'sha256:' + 'a'.repeat(64),
  'arn:aws:iam::123456789012:role/sample',
  'a'.repeat(32),
  '123e4567-e89b-42d3-a456-426614174000',
  'example.org',
  '*.example.org',
  'Sample',
  'SAMPLE',
  'gs://bucket',
  's3://bucket',
  'example.org/sample',
  '100%',
  '5m',
  '* * * * *',
  'c2FtcGxl',
  'projects/p',
  'sample: sample',
];

function sampleScalar(node: SchemaNode): Json {
  if (node.type === 'boolean') return true;
  if (node.type === 'integer' || node.type === 'number')
    return (
      Math.max(node.minimum ?? 1, Math.min(1, node.maximum ?? 1)) + (node.exclusiveMinimum === true ? 1 : 0)
    );
  const formats: { readonly [format: string]: string } = {
    'date-time': '2026-01-31T08:00:00Z',
    byte: 'c2FtcGxl',
    duration: '1h',
    ipv4: '10.0.0.1',
    uri: 'https://example.org',
    uuid: '123e4567-e89b-42d3-a456-426614174000',
  };
  const format = formats[node.format ?? ''];
  if (format) return format;
  const fits = (text: string): boolean =>
    text.length >= (node.minLength ?? 0) &&
    text.length <= (node.maxLength ?? Infinity) &&
    matches(node.pattern, text);
  return candidates.find(fits) ?? 'x'.repeat(Math.max(1, node.minLength ?? 1));
}

function matches(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || re2(pattern).test(text);
}

/**
 * A small object of a kind that passes a judge: what its schema requires, and as many of the optional fields, tried
 * one by one, as it takes. Undefined where nothing was found.
 */
export function sampleObjectOf(
  schema: KindSchema,
  accepts: (body: JsonObject) => boolean,
): JsonObject | undefined {
  const apiVersion = schema.group === '' ? schema.version : `${schema.group}/${schema.version}`;
  const { spec, ...rest } = sampleOf(schema.root, schema.defs) as JsonObject;
  const metadata = {
    name: 'sample',
    ...(schema.namespaced && { namespace: 'lab' }),
    labels: { 'example.org/app': 'sample' },
  };
  const fields = resolve(schema.root, schema.defs).properties ?? {};
  const body: JsonObject = {
    ...rest,
    apiVersion,
    kind: schema.kind,
    metadata,
    ...(fields['spec'] && { spec: spec ?? sampleOf(fields['spec'], schema.defs) }),
  };
  return [body, ...variants(schema, body)].find(accepts);
}

/** The object with one more of the optional fields of its spec, or two. */
function* variants(schema: KindSchema, body: JsonObject): Generator<JsonObject> {
  const node = resolve(resolve(schema.root, schema.defs).properties?.['spec'] ?? {}, schema.defs);
  const spec = body['spec'];
  if (!isObject(spec)) return;
  const more = Object.entries(node.properties ?? {})
    .filter(([name]) => !(name in spec))
    .map(([name, child]) => [name, sampleOf(child, schema.defs)] as const);
  for (const [name, value] of more) yield { ...body, spec: { ...spec, [name]: value } };
  for (const [index, [first, value]] of more.entries()) {
    for (const [second, other] of more.slice(index + 1))
      yield { ...body, spec: { ...spec, [first]: value, [second]: other } };
  }
}
