import type { Json } from '../../estate';
import { OBJECT_META } from '../object-meta';
import type { SchemaNode } from '../types';
import type { TypeRules } from '../core/type-rules';
import { objectChecks } from './compile-object';
import { scalarChecks } from './compile-scalar';
import { formatNamed } from './formats';
import { listChecks } from './lists';
import { checkMetadataRules } from './metadata';
import { isObject, referred, resolve, typeOf, type Check, type Reading, type Scope } from './scope';
import { show } from './violation';

type Rules = (type: string) => TypeRules | undefined;

/**
 * A scope in which nothing is compiled yet: an estate uses a small part of most schemas.
 *
 * @param typeRules The rules of named types that no schema holds.
 */
export function newScope(reading: Reading, defs: Scope['defs'], typeRules: Rules = () => undefined): Scope {
  return new CompilingScope(reading, defs, typeRules);
}

class CompilingScope implements Scope {
  private readonly checks = new Map<SchemaNode, Check>();
  private readonly valueChecks = new Map<SchemaNode, Check>();

  constructor(
    readonly reading: Reading,
    readonly defs: Scope['defs'],
    private readonly typeRules: Rules,
  ) {}

  compile(node: SchemaNode, type: string | undefined = node.$ref && referred(node.$ref)): Check {
    const target = resolve(node, this.defs);
    const rules = type === undefined ? undefined : this.typeRules(type);
    return remember(target, this.checks, () => build(target, this, true, rules));
  }

  compileValue(node: SchemaNode): Check {
    const target = resolve(node, this.defs);
    return remember(target, this.valueChecks, () => build(target, this, false));
  }

  plain(): Scope {
    return newScope(this.reading, this.defs);
  }

  metadata(): Check {
    return embeddedMetadata;
  }
}

const objectMeta = newScope('core', {}).compile(OBJECT_META);

const embeddedMetadata: Check = (metadata, run) => {
  objectMeta(metadata, run);
  if (isObject(metadata)) checkMetadataRules(metadata, run);
};

function remember(node: SchemaNode, known: Map<SchemaNode, Check>, make: () => Check): Check {
  const before = known.get(node);
  if (before) return before;
  let made: Check | undefined;
  const lazy: Check = (value, run) => (made ??= make())(value, run);
  known.set(node, lazy);
  return lazy;
}

function build(node: SchemaNode, scope: Scope, fields: boolean, rules?: TypeRules): Check {
  const fits = typeTest(node, scope);
  const checks = [
    ...objectChecks(node, scope, fields, rules),
    ...listChecks(node, scope, fields),
    ...scalarChecks(node, scope),
    ...junctions(node, scope),
  ];
  const [only] = checks;
  if (only && checks.length === 1) {
    return (value, run) => {
      if (!fits(value)) wrongType(node, value, run);
      else if (value !== null) only(value, run);
    };
  }
  return (value, run) => {
    if (!fits(value)) wrongType(node, value, run);
    else if (value !== null) for (const check of checks) check(value, run);
  };
}

const typeTests: { readonly [type: string]: (value: Json) => boolean } = {
  object: isObject,
  array: (value) => Array.isArray(value),
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
};

function typeTest(node: SchemaNode, scope: Scope): (value: Json) => boolean {
  const test = node['x-kubernetes-int-or-string'] ? isIntOrString : typeTests[node.type ?? ''];
  if (node.format === 'byte' && scope.reading !== 'custom') return isBytes;
  if (!test) return node.type === undefined && node.format === 'quantity' ? isStringOrNumber : () => true;
  if (scope.reading !== 'custom' || node.nullable) return (value) => value === null || test(value);
  // The server leaves a text with a format to the format's check, which looks at texts alone and lets lists pass.
  if (node.type === 'string' && formatNamed(node.format) && scope.reading === 'custom')
    return (value) => typeof value === 'string' || Array.isArray(value);
  return test;
}

/** Go also reads bytes from a list of numbers. */
function isBytes(value: Json): boolean {
  if (Array.isArray(value))
    return value.every((item) => item === null || (Number.isInteger(item) && item >= 0 && item < 256));
  return value === null || typeof value === 'string';
}

function isIntOrString(value: Json): boolean {
  return typeof value === 'string' || Number.isInteger(value);
}

function isStringOrNumber(value: Json): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

const typeNames: { readonly [type: string]: string } = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function wrongType(node: SchemaNode, value: Json, run: Parameters<Check>[1]): void {
  const name = node['x-kubernetes-int-or-string'] ? 'a whole number or a text' : typeNames[node.type ?? ''];
  const wanted = name ?? 'a quantity';
  const quoted = node.type === 'string' && typeof value !== 'object';
  const hint = quoted ? `put it in quotes: ${JSON.stringify(String(value))}` : `write ${wanted}`;
  run.report('schema', `${show(value)} is ${describeType(value)}, where ${wanted} belongs`, hint);
}

function describeType(value: Json): string {
  return value === null ? 'null' : typeNames[typeOf(value)]!;
}

function junctions(node: SchemaNode, scope: Scope): Check[] {
  // The format alone says all that there is to say about quantities, and they are everywhere.
  if (node.format === 'quantity') return [];
  const checks: Check[] = [];
  for (const part of node.allOf ?? []) checks.push(scope.compileValue(part));
  if (node.anyOf) checks.push(atLeastOne(node.anyOf, scope));
  if (node.oneOf) checks.push(exactlyOne(node.oneOf, scope));
  if (node.not) checks.push(none(node.not, scope));
  return checks;
}

function atLeastOne(nodes: readonly SchemaNode[], scope: Scope): Check {
  const parts = nodes.map((part) => scope.compileValue(part));
  return (value, run) => {
    if (parts.some((part) => run.passes(() => part(value, run)))) return;
    run.report(
      'schema',
      `${show(value)} fits none of the forms allowed here`,
      `write ${alternatives(nodes)}`,
    );
  };
}

function exactlyOne(nodes: readonly SchemaNode[], scope: Scope): Check {
  const parts = nodes.map((part) => scope.compileValue(part));
  return (value, run) => {
    const fitting = parts.filter((part) => run.passes(() => part(value, run))).length;
    if (fitting === 1) return;
    const many = fitting === 0 ? 'none' : `${fitting}`;
    run.report(
      'schema',
      `${show(value)} fits ${many} of the forms, of which exactly one is allowed`,
      `write ${alternatives(nodes)}`,
    );
  };
}

function none(node: SchemaNode, scope: Scope): Check {
  const part = scope.compileValue(node);
  return (value, run) => {
    if (!run.passes(() => part(value, run))) return;
    const fields = node.required ?? node.anyOf?.flatMap((branch) => branch.required ?? []) ?? [];
    const fix = fields.length > 0 ? `remove ${fields.join(' or ')}` : 'write another value';
    run.report('schema', `${show(value)} has the form that is not allowed here`, fix);
  };
}

/** The alternatives in words, as far as they differ by type or by fields. */
function alternatives(nodes: readonly SchemaNode[]): string {
  const words = nodes.map(
    (node) => node.required?.join(' and ') ?? typeNames[node.type ?? ''] ?? node.format,
  );
  const known = words.filter((word) => word !== undefined);
  return known.length === nodes.length ? known.join(', or ') : 'one of them';
}
