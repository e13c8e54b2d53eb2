import type { Json, JsonObject } from '../../estate';
import type { SchemaNode } from '../types';
import { canonical } from '../../estate/equal';
import { isObject, resolve } from '../validate/scope';
import type { Run } from '../validate/violation';
import { ruleCheck, type RuleCheck, type Skip } from './rule';
import { typeOfSchema } from './types';

/** Judges a value, and what it was before, by the rules at its node and below. */
export type TreeCheck = (value: Json, before: Json | undefined, run: Run) => void;

type Defs = { readonly [name: string]: SchemaNode };

/** The rules of a schema as a tree that has only the branches with rules; undefined where there are none. */
export function ruleTree(root: SchemaNode, defs: Defs, skip: Skip): TreeCheck | undefined {
  const bearing = rulesBelow(defs);
  const known = new Map<SchemaNode, TreeCheck>();
  const treeOf = (reference: SchemaNode): TreeCheck | undefined => {
    const node = resolve(reference, defs);
    if (!bearing(node)) return undefined;
    const before = known.get(node);
    if (before) return before;
    let made: TreeCheck | undefined;
    const lazy: TreeCheck = (...args) => (made ??= build(node, defs, treeOf, skip))(...args);
    known.set(node, lazy);
    return lazy;
  };
  return treeOf(root);
}

/** Whether there are rules at a node or below it; recursive schemas have no rules that were not seen before. */
function rulesBelow(defs: Defs): (node: SchemaNode) => boolean {
  const known = new Map<SchemaNode, boolean>();
  const bears = (reference: SchemaNode): boolean => {
    const node = resolve(reference, defs);
    const before = known.get(node);
    if (before !== undefined) return before;
    known.set(node, false);
    const own = (node['x-kubernetes-validations'] ?? []).length > 0;
    const found = own || children(node).some(bears);
    known.set(node, found);
    return found;
  };
  return bears;
}

function children(node: SchemaNode): SchemaNode[] {
  const { properties = {}, items, additionalProperties } = node;
  return [
    ...Object.values(properties),
    ...(items ? [items] : []),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
}

type Subtree = (node: SchemaNode) => TreeCheck | undefined;

function build(node: SchemaNode, defs: Defs, treeOf: Subtree, skip: Skip): TreeCheck {
  const type = typeOfSchema(node, defs);
  const rules: readonly RuleCheck[] = (node['x-kubernetes-validations'] ?? []).map((rule) =>
    ruleCheck(rule, type, skip),
  );
  const fields = fieldChecks(node, treeOf);
  const items = node.items && treeOf(node.items);
  const other = typeof node.additionalProperties === 'object' ? treeOf(node.additionalProperties) : undefined;
  return (value, before, run) => {
    if (value === null) return;
    for (const rule of rules) rule(value, before, run);
    if (items && Array.isArray(value)) checkItems(items, correlated(node, before), value, run);
    else if (isObject(value) && (other || fields.length > 0))
      checkFields(fields, other, value, isObject(before) ? before : {}, run);
  };
}

type FieldCheck = readonly [name: string, check: TreeCheck];

function fieldChecks(node: SchemaNode, treeOf: Subtree): FieldCheck[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const check = treeOf(child);
    return check ? [[name, check] as const] : [];
  });
}

function checkFields(
  fields: readonly FieldCheck[],
  other: TreeCheck | undefined,
  value: JsonObject,
  before: JsonObject,
  run: Run,
): void {
  const named = other ? Object.keys(value).map((name): FieldCheck => [name, other]) : fields;
  for (const [name, check] of named) {
    const child = value[name];
    if (child === undefined) continue;
    run.path.push(name);
    check(child, before[name], run);
    run.path.pop();
  }
}

function checkItems(
  check: TreeCheck,
  before: (item: Json) => Json | undefined,
  items: readonly Json[],
  run: Run,
): void {
  items.forEach((item, index) => {
    run.path.push(index);
    check(item, before(item), run);
    run.path.pop();
  });
}

/** Only items of lists that are maps are the same as before under another index; all others count as new. */
function correlated(node: SchemaNode, before: Json | undefined): (item: Json) => Json | undefined {
  const keys = node['x-kubernetes-list-map-keys'];
  if (node['x-kubernetes-list-type'] !== 'map' || !keys || !Array.isArray(before)) return () => undefined;
  const identity = (item: Json): string =>
    isObject(item) ? keys.map((key) => canonical(item[key] ?? null)).join() : '';
  const known = new Map((before as readonly Json[]).map((item) => [identity(item), item]));
  return (item) => known.get(identity(item));
}
