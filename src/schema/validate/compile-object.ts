import type { Json, JsonObject } from '../../estate';
import type { SchemaNode } from '../types';
import { isEmpty } from '../core/field-rules';
import { checkType, type TypeRules } from '../core/type-rules';
import { nearest } from '../nearest';
import { type Field, type Fields, type Plan, typeBits } from './plan';
import { isObject, type Check, type Scope } from './scope';
import type { Run } from './violation';

type ObjectCheck = (value: JsonObject, run: Run) => void;

/** The checks of a node that look at an object as a whole: what has to be in it, how much, and the rules of its type. */
export function objectChecks(node: SchemaNode, scope: Scope, fields: boolean, rules?: TypeRules): Check[] {
  const checks: ObjectCheck[] = [];
  if (isResource(node, fields)) checks.push(embeddedResource(scope.metadata()));
  const required = (node.required ?? []).filter((name) => !rules?.optional?.includes(name));
  if (required.length > 0 && scope.reading !== 'decoded') checks.push(requiredFields(required, scope));
  const { minProperties = 0, maxProperties = Infinity } = node;
  if (minProperties > 0 || maxProperties < Infinity) checks.push(countWithin(minProperties, maxProperties));
  if (rules) checks.push((value, run) => checkType(rules, value, run));
  return checks as unknown as Check[];
}

function isResource(node: SchemaNode, fields: boolean): boolean {
  return fields && node['x-kubernetes-embedded-resource'] === true;
}

/** What a node asks of the fields of an object; undefined where it is open and names none. */
export function fieldsOf(
  node: SchemaNode,
  scope: Scope,
  fields: boolean,
  rules?: TypeRules,
): Fields | undefined {
  if (!judgesFields(node, fields)) return undefined;
  const known = knownFields(node, scope, fields, rules);
  if (isResource(node, fields))
    for (const name of typeMeta) known.set(name, { plan: anything, rule: undefined });
  const additional = node.additionalProperties;
  const other = typeof additional === 'object' ? compileIn(scope, additional, fields) : undefined;
  const isClosed = !other && fields && !node['x-kubernetes-preserve-unknown-fields'];
  return {
    known,
    other,
    unknown: isClosed ? (additional === true ? emptied : (_, run) => unknownField(run, known)) : undefined,
    nullIsAbsent: scope.reading !== 'custom',
    structs: (rules?.structs ?? []).filter((name) => known.has(name)),
  };
}

const typeMeta = ['apiVersion', 'kind', 'metadata'];

const anything: Plan = {
  make: () => {
    const checks: readonly Check[] = [];
    const free = { fields: undefined, items: undefined, ofObject: checks, ofList: checks, ofScalar: checks };
    return { node: {}, accepts: typeBits.any, ...free };
  },
  parts: undefined,
};

/** A node that is open and names no fields has nothing to say about them. */
function judgesFields(node: SchemaNode, fields: boolean): boolean {
  if (node.properties || typeof node.additionalProperties === 'object') return true;
  return fields && node.type === 'object' && !node['x-kubernetes-preserve-unknown-fields'];
}

function knownFields(
  node: SchemaNode,
  scope: Scope,
  fields: boolean,
  rules: TypeRules | undefined,
): Map<string, Field> {
  const loose = rules?.loose ? scope.plain() : scope;
  const entries = Object.entries(node.properties ?? {});
  return new Map(
    entries.map(([name, child]) => {
      const plan = compileIn(rules?.loose?.includes(name) ? loose : scope, child, fields);
      return [name, { plan, rule: rules?.fields?.[name] }];
    }),
  );
}

function compileIn(scope: Scope, node: SchemaNode, fields: boolean): Plan {
  return fields ? scope.compile(node) : scope.compileValue(node);
}

function unknownField(run: Run, known: ReadonlyMap<string, Field>): void {
  const name = String(run.path.at(-1));
  const near = nearest(name, known.keys());
  const fix = near
    ? `write ${near}`
    : known.size > 0 && known.size <= 12
      ? `remove it, or write one of: ${[...known.keys()].join(', ')}`
      : 'remove it';
  run.report('unknown-field', `there is no field ${name} here`, fix);
}

/** `additionalProperties: true` keeps any value, but the server drops every field inside it. */
const emptied: Check = (value: Json, run) => {
  if (Array.isArray(value)) value.forEach((item: Json, index) => run.at(index, () => emptied(item, run)));
  if (!isObject(value)) return;
  for (const key of Object.keys(value))
    run.report('unknown-field', `there is no field ${key} here`, 'remove it', key);
};

function requiredFields(names: readonly string[], scope: Scope): ObjectCheck {
  const lenient = scope.reading === 'core';
  return (value, run) => {
    for (const name of names) {
      const found = value[name];
      if (lenient ? !isEmpty(found) : found !== undefined) continue;
      run.report('schema', `${name} is missing`, `add ${name}`, name);
    }
  };
}

function countWithin(fewest: number, most: number): ObjectCheck {
  return (value, run) => {
    const count = Object.keys(value).length;
    if (count < fewest) run.report('schema', `the object has ${count} fields`, `write at least ${fewest}`);
    if (count > most) run.report('schema', `the object has ${count} fields`, `write at most ${most}`);
  };
}

function embeddedResource(checkMetadata: Check): ObjectCheck {
  return (value, run) => {
    for (const name of ['apiVersion', 'kind']) {
      if (typeof value[name] !== 'string' || value[name] === '')
        run.report('schema', `${name} is missing`, `add ${name}`, name);
    }
    const metadata = value['metadata'];
    if (metadata !== undefined) run.at('metadata', () => checkMetadata(metadata, run));
  };
}
