import type { Expression, ListItem, MapEntry } from './ast';
import { convert } from './convert';
import { compileCall } from './calls';
import { binary } from './operators';
import { dyn, double, int, listOf, type StaticType } from './types';
import {
  CelError,
  isMap,
  noOverload,
  Optional,
  TypeValue,
  Unsupported,
  type CelMap,
  type Value,
} from './values';
import { fieldOf, literalType, type Compiled, type Slots, type Variables } from './variables';

/**
 * Makes an expression ready to be evaluated.
 *
 * @throws Unsupported where it uses something that is not known here.
 */
export function compile(expression: Expression, variables: Variables): Compiled {
  switch (expression.type) {
    case 'literal':
      return literal(expression.value, expression.isDouble === true);
    case 'identifier':
      return identifier(expression.name, variables);
    case 'select':
      return select(compile(expression.operand, variables), expression.field, expression.optional);
    case 'index':
      return index(
        compile(expression.operand, variables),
        compile(expression.index, variables),
        expression.optional,
      );
    case 'call':
      return compileCall(expression, variables, compile);
    case 'unary':
      return unary(expression.operator, compile(expression.operand, variables));
    case 'binary':
      return binary(
        expression.operator,
        compile(expression.left, variables),
        compile(expression.right, variables),
      );
    case 'conditional':
      return conditional(
        compile(expression.test, variables),
        compile(expression.yes, variables),
        compile(expression.no, variables),
      );
    case 'list':
      return list(expression.items, variables);
    default:
      return map(expression.entries, variables);
  }
}

function literal(value: Value, isDouble: boolean): Compiled {
  const type: StaticType = isDouble ? double : typeof value === 'number' ? int : { kind: 'other' };
  return { evaluate: () => value, type };
}

const typeNames = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);

function identifier(name: string, variables: Variables): Compiled {
  const variable = variables.find(name);
  if (variable) {
    const { slot, type } = variable;
    return { evaluate: (slots) => slots[slot], type };
  }
  if (!typeNames.has(name)) throw new Unsupported(`there is no variable ${name}`);
  const value = new TypeValue(name);
  return { evaluate: () => value, type: { kind: 'other' } };
}

function select(operand: Compiled, field: string, isOptional: boolean): Compiled {
  const { name, type } = fieldOf(operand.type, field);
  const read = convert(type);
  const evaluate = (slots: Slots): Value => {
    const value = operand.evaluate(slots);
    if (value instanceof Optional)
      return value.value === undefined ? value : optionalMember(value.value, name, read);
    if (isOptional) return optionalMember(value, name, read);
    if (!isMap(value)) return noOverload(`.${field}`);
    if (!Object.hasOwn(value, name) || value[name] === undefined) throw new CelError(`no such key: ${name}`);
    return read(value[name]);
  };
  return { evaluate, type };
}

function optionalMember(value: Value, key: Value, read: (value: Value) => Value): Optional {
  const found = member(value, key);
  return found === undefined ? Optional.none : new Optional(read(found));
}

/** The member of a list or map; undefined where it has none. */
function member(value: Value, key: Value): Value {
  if (Array.isArray(value)) return typeof key === 'number' ? (value as Value[])[key] : undefined;
  if (!isMap(value)) return undefined;
  const name = keyText(key);
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The keys of maps are texts here, whatever they are in CEL. */
function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'number' || typeof key === 'boolean') return String(key);
  return noOverload('map key');
}

function index(operand: Compiled, key: Compiled, isOptional: boolean): Compiled {
  const type = operand.type.element?.() ?? dyn;
  const read = convert(type);
  const evaluate = (slots: Slots): Value => {
    const value = operand.evaluate(slots);
    const at = key.evaluate(slots);
    if (value instanceof Optional)
      return value.value === undefined ? value : optionalMember(value.value, at, read);
    if (isOptional) return optionalMember(value, at, read);
    if (!Array.isArray(value) && !isMap(value)) return noOverload('_[_]');
    const found = member(value, at);
    if (found === undefined) throw new CelError(`no such key: ${String(at)}`);
    return read(found);
  };
  return { evaluate, type };
}

function unary(operator: '!' | '-', operand: Compiled): Compiled {
  const evaluate = (slots: Slots): Value => {
    const value = operand.evaluate(slots);
    if (operator === '!' && typeof value === 'boolean') return !value;
    if (operator === '-' && typeof value === 'number') return -value;
    return noOverload(operator);
  };
  return { evaluate, type: operand.type };
}

function conditional(test: Compiled, yes: Compiled, no: Compiled): Compiled {
  const evaluate = (slots: Slots): Value => {
    const value = test.evaluate(slots);
    if (typeof value !== 'boolean') return noOverload('_?_:_');
    return value ? yes.evaluate(slots) : no.evaluate(slots);
  };
  return { evaluate, type: common(yes.type, no.type) };
}

const containers = new Set(['object', 'map', 'list']);

/** `has(self.x) ? self.x : []` is as well known as `self.x`. */
function common(yes: StaticType, no: StaticType): StaticType {
  const isEmptyList = yes.kind === 'list' && yes.element?.().kind === 'dyn';
  if (yes.kind === no.kind) return isEmptyList ? no : yes;
  if (containers.has(yes.kind) && no.kind === 'dyn') return yes;
  return containers.has(no.kind) && yes.kind === 'dyn' ? no : dyn;
}

function list(items: readonly ListItem[], variables: Variables): Compiled {
  const compiled = items.map(({ value, optional }) => ({ ...compile(value, variables), optional }));
  const [first] = compiled;
  const evaluate = (slots: Slots): Value => {
    const values: Value[] = [];
    for (const item of compiled) {
      const value = item.evaluate(slots);
      if (!item.optional) values.push(value);
      else if (value instanceof Optional && value.value !== undefined) values.push(value.value);
    }
    return values;
  };
  return { evaluate, type: listOf(first && !first.optional ? literalType(first.type) : dyn) };
}

function map(entries: readonly MapEntry[], variables: Variables): Compiled {
  const compiled = entries.map(({ key, value, optional }) => ({
    key: compile(key, variables),
    value: compile(value, variables),
    optional,
  }));
  const evaluate = (slots: Slots): CelMap => {
    const result: Record<string, Value> = {};
    for (const { key, value, optional } of compiled) {
      const found = value.evaluate(slots);
      if (!optional) result[keyText(key.evaluate(slots))] = found;
      else if (found instanceof Optional && found.value !== undefined)
        result[keyText(key.evaluate(slots))] = found.value;
    }
    return result;
  };
  return { evaluate, type: dyn };
}
