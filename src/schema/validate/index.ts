import type { Json, JsonObject } from '../../estate';
import { celRules, type CelRules, type SkippedRule } from '../cel';
import { coreRules, coreType, hasCoreFinalizers, immutableChanges, isBuiltIn, nameCheckOf } from '../core';
import type { KindSchema, SchemaNode } from '../types';
import { newScope } from './compile';
import { checkEmptied } from './emptied';
import { checkCoreFinalizers, checkIdentity, checkMetadataRules } from './metadata';
import type { TextCheck } from './names';
import { normalizer, type Normalize } from './normalize';
import { judge } from './plan';
import { isObject, resolve, type Check, type Reading } from './scope';
import { checkSize } from './size';
import { Run, type Violation } from './violation';

export type { Violation, ViolationRule } from './violation';
export { immutableChanges } from '../core';
export type { SkippedRule } from '../cel';

/**
 * Judges an object as the API server would, were it created now; with what it was before, also as it would judge
 * the change. An object without violations is one that the server takes. Nothing is ever changed or thrown.
 *
 * @example
 * validate(registry.kind('apps/v1', 'Deployment')!, body).map(({ path, message }) => `${path}: ${message}`);
 */
export function validate(schema: KindSchema, body: JsonObject, previous?: JsonObject): Violation[] {
  const own = judgeOf(schema);
  const run = new Run();
  if (!isObject(body)) {
    run.report('schema', 'a manifest is an object', 'write apiVersion, kind and metadata');
    return run.violations;
  }
  const normal = own.normalize(body) as JsonObject;
  checkTypeMeta(body, schema, run);
  own.structure(normal, run);
  checkMetadata(normal, schema, own.nameCheck, run);
  checkSize(body, run);
  own.rules?.(normal, run);
  if (previous) checkChange(schema, previous, body, run);
  const isReadable = !run.violations.some(({ rule }) => rule === 'schema');
  if (isReadable) own.cel?.check(normal, previous && (own.normalize(previous) as JsonObject), run);
  return run.violations;
}

function checkChange(schema: KindSchema, before: JsonObject, after: JsonObject, run: Run): void {
  run.violations.push(...immutableChanges(schema, before, after));
  if (!isBuiltIn(schema.group)) checkEmptied(schema, before, after, run);
}

/** The CEL rules of a kind that cannot be evaluated here, and why; objects are judged without them. */
export function skippedRules(schema: KindSchema): readonly SkippedRule[] {
  return judgeOf(schema).cel?.skipped() ?? [];
}

/** Everything that is compiled once for a kind. */
interface Judge {
  readonly normalize: Normalize;
  readonly structure: Check;
  readonly nameCheck: TextCheck;
  readonly rules: ((body: JsonObject, run: Run) => void) | undefined;
  readonly cel: CelRules | undefined;
}

const judges = new WeakMap<KindSchema, Judge>();

function judgeOf(schema: KindSchema): Judge {
  let own = judges.get(schema);
  if (!own) {
    own = isBuiltIn(schema.group) ? coreJudge(schema) : customJudge(schema);
    judges.set(schema, own);
  }
  return own;
}

function coreJudge(schema: KindSchema): Judge {
  return {
    normalize: schema.root.properties?.['spec'] ? withSpec : (body) => body,
    structure: structure(schema, 'core', 'status', 'decoded'),
    nameCheck: nameCheckOf(schema),
    rules: coreRules(schema),
    cel: undefined,
  };
}

/** In Go there is always a spec, so that one that nobody wrote is judged as if empty. */
function withSpec(body: Json): Json {
  const spec = (body as JsonObject)['spec'];
  return spec === undefined || spec === null ? { ...(body as JsonObject), spec: {} } : body;
}

/** The check of a whole object, with one of its fields read in another way. */
function structure(schema: KindSchema, reading: Reading, field: string, otherReading: Reading): Check {
  const { root, defs } = schema;
  const { properties = {} } = resolve(root, defs);
  const other = properties[field] ?? ANYTHING;
  const scope = newScope(reading, defs, reading === 'core' ? coreType : undefined);
  const type = `${schema.group.split('.')[0] || 'core'}.${schema.version}.${schema.kind}`;
  const rest = scope.compile(
    { ...resolve(root, defs), properties: { ...properties, [field]: ANYTHING } },
    type,
  );
  const otherField = newScope(otherReading, defs).compile(other);
  return (body, run) => {
    judge(rest, body, run);
    const value = (body as JsonObject)[field];
    if (value !== undefined) run.at(field, () => judge(otherField, value, run));
  };
}

const ANYTHING: SchemaNode = { 'x-kubernetes-preserve-unknown-fields': true };

function customJudge(schema: KindSchema): Judge {
  return {
    normalize: normalizer(schema.root, schema.defs),
    structure: structure(schema, 'custom', 'metadata', 'core'),
    nameCheck: nameCheckOf(schema),
    rules: undefined,
    cel: celRules(schema),
  };
}

function checkTypeMeta(body: JsonObject, schema: KindSchema, run: Run): void {
  const apiVersion = schema.group === '' ? schema.version : `${schema.group}/${schema.version}`;
  checkField(body, 'apiVersion', apiVersion, run);
  checkField(body, 'kind', schema.kind, run);
}

function checkField(body: JsonObject, field: string, value: string, run: Run): void {
  if (body[field] !== value)
    run.report('schema', `${field} is not ${value}`, `write ${field}: ${value}`, field);
}

function checkMetadata(body: JsonObject, schema: KindSchema, nameCheck: TextCheck, run: Run): void {
  const isCore = hasCoreFinalizers(schema);
  const metadata: Json | undefined = body['metadata'];
  if (!isObject(metadata)) {
    if (metadata === undefined || metadata === null)
      run.report('apply', 'metadata is missing', 'add metadata with a name', 'metadata');
    return;
  }
  run.at('metadata', () => {
    checkIdentity(metadata, nameCheck, schema.namespaced, run);
    checkMetadataRules(metadata, run);
    if (isCore) checkCoreFinalizers(metadata, run);
  });
}
