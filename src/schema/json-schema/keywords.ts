import type { Json, JsonObject } from '../../estate';
import { isObject } from '../compact';
import { equal } from '../../estate/equal';
import { nearest } from '../nearest';
import { typeNames } from '../validate/plan';
import { typeOf } from '../validate/scope';
import { show } from '../validate/violation';
import type { Judgement, SchemaProblem } from './index';

type Problems = readonly SchemaProblem[];
type Keyword = (operand: Json, value: Json, at: Judgement) => Problems;

const NONE: Problems = [];

/** What each keyword of JSON Schema refuses. */
export const keywords: { readonly [keyword: string]: Keyword } = {
  type: (operand, value, at) => {
    const types = [operand ?? []].flat().filter((type) => typeof type === 'string');
    if (types.length === 0 || types.some((type) => isOf(type, value))) return NONE;
    const wanted = types.map((type) => typeNames[type] ?? type).join(' or ');
    return refuse(
      at,
      `${show(value)} is ${typeNames[typeOf(value)]}, where ${wanted} belongs`,
      `write ${wanted}`,
    );
  },
  enum: (operand, value, at) =>
    !Array.isArray(operand) || operand.some((one) => equal(one, value))
      ? NONE
      : refuse(
          at,
          `${show(value)} is none of the allowed values`,
          `write one of: ${operand.map(show).join(', ')}`,
        ),
  const: (operand, value, at) =>
    equal(operand, value)
      ? NONE
      : refuse(at, `${show(value)} is not ${show(operand)}`, `write ${show(operand)}`),

  minimum: number((value, limit) => value >= limit, 'at least'),
  maximum: number((value, limit) => value <= limit, 'at most'),
  exclusiveMinimum: number((value, limit) => value > limit, 'more than'),
  exclusiveMaximum: number((value, limit) => value < limit, 'less than'),
  multipleOf: number(isMultiple, 'a multiple of'),

  minLength: size(lengthOf, (length, limit) => length >= limit, 'at least', 'characters'),
  maxLength: size(lengthOf, (length, limit) => length <= limit, 'at most', 'characters'),
  minItems: size(itemsOf, (length, limit) => length >= limit, 'at least', 'items'),
  maxItems: size(itemsOf, (length, limit) => length <= limit, 'at most', 'items'),
  minProperties: size(fieldsOf, (length, limit) => length >= limit, 'at least', 'fields'),
  maxProperties: size(fieldsOf, (length, limit) => length <= limit, 'at most', 'fields'),
  pattern: (operand, value, at) =>
    typeof value !== 'string' || typeof operand !== 'string' || matches(operand, value)
      ? NONE
      : refuse(at, `${show(value)} does not match ${operand}`, `write what matches ${operand}`),

  required: (operand, value, at) => {
    if (!isObject(value) || !Array.isArray(operand)) return NONE;
    const missing = operand.filter(
      (name): name is string => typeof name === 'string' && !Object.hasOwn(value, name),
    );
    return missing.map((name) => ({
      path: at.path,
      message: `${name} is missing`,
      fix: `add ${name}`,
      isMissing: true,
    }));
  },
  properties: (operand, value, { judge }) =>
    fields(operand, value).flatMap(([name, schema, part]) => judge(schema, part, name)),
  patternProperties: (operand, value, { judge }) =>
    !isObject(operand) || !isObject(value)
      ? NONE
      : Object.entries(operand).flatMap(([pattern, schema]) =>
          Object.entries(value).flatMap(([name, part]) =>
            matches(pattern, name) ? judge(schema, part, name) : NONE,
          ),
        ),
  additionalProperties: (operand, value, at) =>
    others(value, at.schema).flatMap(([name, part]) =>
      operand === false ? unknownField(name, at) : at.judge(operand, part, name),
    ),
  propertyNames: (operand, value, { judge }) =>
    isObject(value) ? Object.keys(value).flatMap((name) => judge(operand, name)) : NONE,
  items: (operand, value, { schema, judge }) => {
    if (Array.isArray(operand)) return inOrder(operand, value, judge);
    return itemsFrom(alternatives(schema['prefixItems'] ?? []).length, operand, value, judge);
  },
  prefixItems: (operand, value, { judge }) => inOrder(operand, value, judge),
  additionalItems: (operand, value, { schema, judge }) =>
    Array.isArray(schema['items']) ? itemsFrom(schema['items'].length, operand, value, judge) : NONE,
  contains: (operand, value, at) => {
    const { minContains: least = 1, maxContains: most = Infinity } = at.schema;
    if (!Array.isArray(value) || typeof least !== 'number' || typeof most !== 'number') return NONE;
    const count = value.filter((item) => at.judge(operand, item).length === 0).length;
    if (least <= count && count <= most) return NONE;
    const words = count < least ? `at least ${least}` : `at most ${most}`;
    return refuse(at, `${count} of the items fit ${show(operand)}, where ${words} must`, `let ${words} fit`);
  },
  uniqueItems: (operand, value, { path }) =>
    operand !== true || !Array.isArray(value)
      ? NONE
      : value.flatMap((item, index) =>
          value.slice(0, index).some((before) => equal(before, item))
            ? [{ path: [...path, index], message: `${show(item)} is in the list twice`, fix: 'remove one' }]
            : NONE,
        ),

  allOf: (operand, value, { judge }) => alternatives(operand).flatMap((schema) => judge(schema, value)),
  anyOf: (operand, value, at) => fitting(operand, value, at, (count) => count > 0),
  oneOf: (operand, value, at) => fitting(operand, value, at, (count) => count === 1),
  not: (operand, value, at) =>
    at.judge(operand, value).length > 0
      ? NONE
      : refuse(at, `${show(value)} is what must not be here`, 'write something else'),
  if: (operand, value, { schema, judge }) =>
    judge(schema[judge(operand, value).length === 0 ? 'then' : 'else'], value),
  dependencies: dependent,
  dependentSchemas: dependent,
  dependentRequired: dependent,
};

function refuse({ path }: Judgement, message: string, fix: string): Problems {
  return [{ path, message, fix }];
}

function number(holds: (value: number, limit: number) => boolean, words: string): Keyword {
  return (limit, value, at) =>
    typeof value !== 'number' || typeof limit !== 'number' || holds(value, limit)
      ? NONE
      : refuse(at, `${value} must be ${words} ${limit}`, `write a number ${words} ${limit}`);
}

/** As decimals are written: 0.3 is three times 0.1, whatever the machine makes of it. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
}

function size(
  sizeOf: (value: Json) => number | undefined,
  holds: (size: number, limit: number) => boolean,
  words: string,
  unit: string,
): Keyword {
  return (limit, value, at) => {
    const found = sizeOf(value);
    if (found === undefined || typeof limit !== 'number' || holds(found, limit)) return NONE;
    return refuse(
      at,
      `there are ${found} ${unit}, where ${words} ${limit} belong`,
      `write ${words} ${limit} ${unit}`,
    );
  };
}

function lengthOf(value: Json): number | undefined {
  return typeof value === 'string' ? Array.from(value).length : undefined;
}

function itemsOf(value: Json): number | undefined {
  return Array.isArray(value) ? value.length : undefined;
}

function fieldsOf(value: Json): number | undefined {
  return isObject(value) ? Object.keys(value).length : undefined;
}

/** The fields that a map of schemas and a value have both. */
function fields(schemas: Json, value: Json): (readonly [name: string, schema: Json, part: Json])[] {
  if (!isObject(schemas) || !isObject(value)) return [];
  return Object.keys(schemas)
    .filter((name) => Object.hasOwn(value, name))
    .map((name) => [name, schemas[name]!, value[name]!] as const);
}

/** The fields of a value that a schema names nowhere. */
function others(value: Json, schema: JsonObject): [name: string, part: Json][] {
  return isObject(value) ? Object.entries(value).filter(([name]) => !isNamed(name, schema)) : [];
}

function unknownField(name: string, { path, schema }: Judgement): Problems {
  const near = isObject(schema['properties']) ? nearest(name, Object.keys(schema['properties'])) : undefined;
  const fix = near === undefined ? 'remove it' : `write ${near}`;
  return [{ path: [...path, name], message: `there is no field ${name} here`, fix }];
}

function isNamed(name: string, { properties, patternProperties }: JsonObject): boolean {
  if (isObject(properties) && Object.hasOwn(properties, name)) return true;
  return (
    isObject(patternProperties) && Object.keys(patternProperties).some((pattern) => matches(pattern, name))
  );
}

/** Each of the first items by a schema of its own. */
function inOrder(schemas: Json, value: Json, judge: Judgement['judge']): Problems {
  if (!Array.isArray(value)) return NONE;
  return alternatives(schemas)
    .slice(0, value.length)
    .flatMap((schema, index) => judge(schema, value[index], index));
}

function itemsFrom(start: number, schema: Json, value: Json, judge: Judgement['judge']): Problems {
  if (!Array.isArray(value)) return NONE;
  return value.slice(start).flatMap((item, index) => judge(schema, item, start + index));
}

function alternatives(operand: Json): readonly Json[] {
  return Array.isArray(operand) ? operand : [];
}

/** How many alternatives fit; where none does, and one of them is about such a value, what that one misses. */
function fitting(operand: Json, value: Json, at: Judgement, holds: (count: number) => boolean): Problems {
  const judged = alternatives(operand).map((schema) => at.judge(schema, value));
  const count = judged.filter((problems) => problems.length === 0).length;
  if (judged.length === 0 || holds(count)) return NONE;
  if (count > 1)
    return refuse(
      at,
      `${show(value)} fits ${count} of several alternatives, where one is to fit`,
      'decide for one',
    );
  const near = judged.filter((problems) => problems.some(({ path }) => path.length > at.path.length));
  if (near.length === 1) return near[0]!;
  const reasons = [...new Set(judged.map(([first]) => first!.fix))];
  return refuse(at, `${show(value)} fits none of the alternatives`, reasons.join(', or '));
}

/** Other fields, or another schema, that a field brings with it. */
function dependent(operand: Json, value: Json, at: Judgement): Problems {
  return fields(operand, value).flatMap(([, demand]) =>
    Array.isArray(demand) ? keywords['required']!(demand, value, at) : at.judge(demand, value),
  );
}

function isOf(type: string, value: Json): boolean {
  const own = typeOf(value);
  return own === type || (type === 'number' && own === 'integer');
}

/** A pattern that this engine cannot read refuses nothing. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
