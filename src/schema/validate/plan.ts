import type { Json, JsonObject } from '../../estate';
import type { FieldRule } from '../core/field-rules';
import type { SchemaNode } from '../types';
import { typeOf, type Check } from './scope';
import { show, type Run } from './violation';

/** What is asked of the values of one node. It is put together when the first of them comes. */
export interface Plan {
  readonly make: () => Parts;
  parts: Parts | undefined;
}

/** A plan as data: one function judges by all of them, which is much faster than a function for each. */
export interface Parts {
  readonly node: SchemaNode;
  /** The types that fit, as a sum of {@link typeBits}. */
  readonly accepts: number;
  readonly fields: Fields | undefined;
  readonly items: Items | undefined;
  /** What else there is to check, by what the value is. */
  readonly ofObject: readonly Check[];
  readonly ofList: readonly Check[];
  readonly ofScalar: readonly Check[];
}

/** What is asked of the fields of an object. */
export interface Fields {
  readonly known: ReadonlyMap<string, Field>;
  /** What holds for all other fields; without it, and without the next one, they are free. */
  readonly other: Plan | undefined;
  /** Reports a field that must not be there. */
  readonly unknown: Check | undefined;
  /** Whether null stands for a field that is not there. */
  readonly nullIsAbsent: boolean;
  /** Fields that are judged as if empty where they are not there. */
  readonly structs: readonly string[];
}

/** A field that a schema names. */
export interface Field {
  readonly plan: Plan;
  /** What holds beyond its schema. */
  readonly rule: FieldRule | undefined;
}

/** What is asked of the items of a list, and what stands for null among them. */
export interface Items {
  readonly plan: Plan;
  readonly zero: Json;
}

/** The types of values, to be added up. */
export const typeBits = {
  string: 1,
  integer: 2,
  fraction: 4,
  number: 2 + 4,
  boolean: 8,
  object: 16,
  array: 32,
  null: 64,
  any: 127,
} as const;

/** Judges a value by a plan, at the place where the run is. */
export function judge(plan: Plan, value: Json, run: Run): void {
  const parts = (plan.parts ??= plan.make());
  const bit = bitOf(value);
  if ((parts.accepts & bit) === 0) return wrongType(parts.node, value, run);
  if (bit === typeBits.object) {
    if (parts.fields) judgeFields(parts.fields, value as JsonObject, run);
    for (const check of parts.ofObject) check(value, run);
  } else if (bit === typeBits.array) {
    if (parts.items) judgeItems(parts.items, value as readonly Json[], run);
    for (const check of parts.ofList) check(value, run);
  } else if (bit !== typeBits.null) {
    for (const check of parts.ofScalar) check(value, run);
  }
}

function bitOf(value: Json): number {
  if (typeof value === 'string') return typeBits.string;
  if (typeof value === 'number') return Number.isInteger(value) ? typeBits.integer : typeBits.fraction;
  if (typeof value === 'boolean') return typeBits.boolean;
  if (value === null) return typeBits.null;
  return Array.isArray(value) ? typeBits.array : typeBits.object;
}

function judgeFields(fields: Fields, value: JsonObject, run: Run): void {
  for (const name of fields.structs) {
    if (value[name] === undefined || value[name] === null) judgeField(fields, name, {}, run);
  }
  for (const name in value) {
    const child = value[name];
    if (child !== undefined) judgeField(fields, name, child, run);
  }
}

function judgeField(
  { known, other, unknown, nullIsAbsent }: Fields,
  name: string,
  value: Json,
  run: Run,
): void {
  const field = known.get(name);
  if (field && value === null && nullIsAbsent) return;
  run.path.push(name);
  if (field) {
    judge(field.plan, value, run);
    if (field.rule) judgeByRule(field.rule, value, run);
  } else if (other) judge(other, value, run);
  else if (unknown) unknown(value, run);
  run.path.pop();
}

function judgeByRule(rule: FieldRule, value: Json, run: Run): void {
  if (value === null || value === '') return;
  const problem = rule.problem(value);
  if (problem) run.report('core', `${show(value)} ${problem}`, rule.fix);
}

function judgeItems({ plan, zero }: Items, items: readonly Json[], run: Run): void {
  for (let index = 0; index < items.length; index++) {
    run.path.push(index);
    judge(plan, items[index] ?? zero, run);
    run.path.pop();
  }
}

/** The types in words. */
export const typeNames: { readonly [type: string]: string } = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** Reports a value of another type than its node asks for. */
export function wrongType(node: SchemaNode, value: Json, run: Run): void {
  const name = node['x-kubernetes-int-or-string'] ? 'a whole number or a text' : typeNames[node.type ?? ''];
  const wanted = name ?? 'a quantity';
  const quoted = node.type === 'string' && typeof value !== 'object';
  const hint = quoted ? `put it in quotes: ${JSON.stringify(String(value))}` : `write ${wanted}`;
  run.report('schema', `${show(value)} is ${typeNames[typeOf(value)]}, where ${wanted} belongs`, hint);
}
