import type { Json, JsonObject } from '../estate';
import { isObject } from '../schema/compact';

/** What a JSON Schema says to people, and what it says to programs that fill in forms. */
const PROSE = new Set([
  '$comment',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'markdownDescription',
  'title',
]);

/** Where the keys are names that somebody chose, and no keywords. */
const NAMES = new Set([
  '$defs',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
]);

/** Values that are taken as they are. */
const VALUES = new Set(['const', 'enum', 'required']);

/** A JSON Schema with nothing but what judges. */
export function withoutProse(schema: JsonObject): JsonObject {
  const kept = Object.entries(schema).filter(([keyword]) => !PROSE.has(keyword));
  return Object.fromEntries(
    kept.map(([keyword, operand]) => [
      keyword,
      NAMES.has(keyword) ? named(operand) : VALUES.has(keyword) ? operand : below(operand),
    ]),
  );
}

/** Longer than this no schema asks for a certain text. */
const LONGEST = 80;

/** Values with the same shape, but without what fills pages: scripts, templates and configuration files. */
export function withoutTexts(values: JsonObject): JsonObject {
  return shortened(values) as JsonObject;
}

function shortened(value: Json): Json {
  if (typeof value === 'string') return value.length > LONGEST || value.includes('\n') ? '' : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shortened(part)]));
}

function named(operand: Json): Json {
  if (!isObject(operand)) return operand;
  return Object.fromEntries(Object.entries(operand).map(([name, schema]) => [name, below(schema)]));
}

function below(operand: Json): Json {
  if (Array.isArray(operand)) return operand.map(below);
  return isObject(operand) ? withoutProse(operand) : operand;
}
