import type { Json } from '../../estate';
import { OBJECT_META } from '../object-meta';
import type { SchemaNode } from '../types';
import type { TypeRules } from '../core/type-rules';
import { fieldsOf, objectChecks } from './compile-object';
import { anyChecks, scalarChecks } from './compile-scalar';
import { formatNamed } from './formats';
import { itemsOf, listChecks } from './lists';
import { checkMetadataRules } from './metadata';
import { judge, type Parts, type Plan, typeBits, typeNames, wrongType } from './plan';
import { isObject, referred, resolve, type Check, type Reading, type Scope } from './scope';
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
  private readonly plans = new Map<SchemaNode, Plan>();
  private readonly valuePlans = new Map<SchemaNode, Plan>();

  constructor(
    readonly reading: Reading,
    readonly defs: Scope['defs'],
    private readonly typeRules: Rules,
  ) {}

  compile(node: SchemaNode, type: string | undefined = node.$ref && referred(node.$ref)): Plan {
    const target = resolve(node, this.defs);
    const rules = type === undefined ? undefined : this.typeRules(type);
    return remember(target, this.plans, () => build(target, this, true, rules));
  }

  compileValue(node: SchemaNode): Plan {
    const target = resolve(node, this.defs);
    return remember(target, this.valuePlans, () => build(target, this, false));
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
  judge(objectMeta, metadata, run);
  if (isObject(metadata)) checkMetadataRules(metadata, run);
};

function remember(node: SchemaNode, known: Map<SchemaNode, Plan>, make: () => Parts): Plan {
  const before = known.get(node);
  if (before) return before;
  const plan: Plan = { make, parts: undefined };
  known.set(node, plan);
  return plan;
}

function build(node: SchemaNode, scope: Scope, fields: boolean, rules?: TypeRules): Parts {
  const general = [...anyChecks(node, scope), ...junctions(node, scope)];
  const bytes = node.format === 'byte' && scope.reading !== 'custom' ? [onlyBytes(node)] : [];
  return {
    node,
    accepts: acceptedBy(node, scope),
    fields: fieldsOf(node, scope, fields, rules),
    items: itemsOf(node, scope, fields),
    ofObject: [...objectChecks(node, scope, fields, rules), ...general],
    ofList: [...bytes, ...listChecks(node, scope), ...general],
    ofScalar: [...scalarChecks(node, scope), ...general],
  };
}

/** The types of values that fit a node, as a sum of bits. */
function acceptedBy(node: SchemaNode, scope: Scope): number {
  const { type, format } = node;
  const isCustom = scope.reading === 'custom';
  if (format === 'byte' && !isCustom) return typeBits.string + typeBits.array + typeBits.null;
  const own = node['x-kubernetes-int-or-string']
    ? typeBits.string + typeBits.integer
    : type && typeBits[type];
  if (own === undefined)
    return format === 'quantity' ? typeBits.string + typeBits.number + typeBits.null : typeBits.any;
  if (!isCustom || node.nullable) return own + typeBits.null;
  // The server leaves a text with a format to the format's check, which looks at texts alone and lets lists pass.
  return type === 'string' && formatNamed(format) ? own + typeBits.array : own;
}

/** Go also reads bytes from a list of numbers. */
function onlyBytes(node: SchemaNode): Check {
  return (value, run) => {
    const isBytes =
      Array.isArray(value) && (value as readonly Json[]).every((item) => item === null || isByte(item));
    if (!isBytes) wrongType(node, value, run);
  };
}

function isByte(value: Json): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 256;
}

function junctions(node: SchemaNode, scope: Scope): Check[] {
  // The format alone says all that there is to say about quantities, and they are everywhere.
  if (node.format === 'quantity') return [];
  const checks: Check[] = [];
  for (const part of (node.allOf ?? []).map((one) => scope.compileValue(one)))
    checks.push((value, run) => judge(part, value, run));
  if (node.anyOf) checks.push(atLeastOne(node.anyOf, scope));
  if (node.oneOf) checks.push(exactlyOne(node.oneOf, scope));
  if (node.not) checks.push(none(node.not, scope));
  return checks;
}

function atLeastOne(nodes: readonly SchemaNode[], scope: Scope): Check {
  const parts = nodes.map((part) => scope.compileValue(part));
  return (value, run) => {
    if (parts.some((part) => run.passes(() => judge(part, value, run)))) return;
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
    const fitting = parts.filter((part) => run.passes(() => judge(part, value, run))).length;
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
    if (!run.passes(() => judge(part, value, run))) return;
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
