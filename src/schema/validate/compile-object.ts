import type { Json, JsonObject } from '../../estate';
import type { SchemaNode } from '../types';
import { isEmpty } from '../core/field-rules';
import { checkType, type TypeRules } from '../core/type-rules';
import { nearest } from './nearest';
import { isObject, type Check, type Scope } from './scope';
import type { Run } from './violation';

type ObjectCheck = (value: JsonObject, run: Run) => void;

/** The checks of a node that look at an object: its fields, known and required, and their number. */
export function objectChecks(node: SchemaNode, scope: Scope, fields: boolean, rules?: TypeRules): Check[] {
  const checks: ObjectCheck[] = [];
  const isResource = fields && node['x-kubernetes-embedded-resource'] === true;
  if (judgesFields(node, fields)) checks.push(everyField(node, scope, { fields, isResource, rules }));
  if (isResource) checks.push(embeddedResource(scope.metadata()));
  const required = (node.required ?? []).filter((name) => !rules?.optional?.includes(name));
  if (required.length > 0 && scope.reading !== 'decoded') checks.push(requiredFields(required, scope));
  const { minProperties = 0, maxProperties = Infinity } = node;
  if (minProperties > 0 || maxProperties < Infinity) checks.push(countWithin(minProperties, maxProperties));
  if (rules) checks.push((value, run) => checkType(rules, value, run));
  return checks.map(onlyObjects);
}

function onlyObjects(check: ObjectCheck): Check {
  return (value, run) => {
    if (isObject(value)) check(value, run);
  };
}

/** A node that is open and names no fields has nothing to say about them. */
function judgesFields(node: SchemaNode, fields: boolean): boolean {
  if (node.properties || typeof node.additionalProperties === 'object') return true;
  return fields && node.type === 'object' && !node['x-kubernetes-preserve-unknown-fields'];
}

interface Fields {
  readonly fields: boolean;
  readonly isResource: boolean;
  readonly rules: TypeRules | undefined;
}

function everyField(node: SchemaNode, scope: Scope, { fields, isResource, rules }: Fields): ObjectCheck {
  const known = fieldChecks(node, scope, fields, rules);
  if (isResource) for (const name of ['apiVersion', 'kind', 'metadata']) known.set(name, () => {});
  const other = otherFields(node, scope, fields, known);
  const nullIsAbsent = scope.reading !== 'custom';
  const structs = (rules?.structs ?? []).filter((name) => known.has(name));
  return (value, run) => {
    const { path } = run;
    for (const name of structs)
      if (value[name] === undefined || value[name] === null) run.at(name, () => known.get(name)!({}, run));
    for (const key in value) {
      const child = value[key];
      if (child === undefined) continue;
      const check = known.get(key) ?? other;
      if (!check || (nullIsAbsent && child === null && check !== other)) continue;
      path.push(key);
      check(child, run);
      path.pop();
    }
  };
}

function fieldChecks(
  node: SchemaNode,
  scope: Scope,
  fields: boolean,
  rules: TypeRules | undefined,
): Map<string, Check> {
  const loose = rules?.loose ? scope.plain() : scope;
  const compileChild = (child: SchemaNode, within: Scope): Check =>
    fields ? within.compile(child) : within.compileValue(child);
  const entries = Object.entries(node.properties ?? {});
  return new Map(
    entries.map(([name, child]) => [name, compileChild(child, rules?.loose?.includes(name) ? loose : scope)]),
  );
}

/** What holds for fields that the schema does not name; undefined where they are free. */
function otherFields(
  node: SchemaNode,
  scope: Scope,
  fields: boolean,
  known: ReadonlyMap<string, Check>,
): Check | undefined {
  const additional = node.additionalProperties;
  if (typeof additional === 'object')
    return fields ? scope.compile(additional) : scope.compileValue(additional);
  if (!fields || node['x-kubernetes-preserve-unknown-fields']) return undefined;
  if (additional === true) return emptied;
  return (_value, run) => unknownField(run, known);
}

function unknownField(run: Run, known: ReadonlyMap<string, Check>): void {
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
