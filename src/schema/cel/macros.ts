import type { Expression } from './ast';

import { convert } from './convert';
import { dyn, int, listOf, type StaticType } from './types';
import { literalType, type Compile, type Compiled, type Slots, type Variables } from './variables';
import { CelError, isMap, noOverload, Optional, Unsupported, type Value } from './values';

/** Gives undefined where a call of that name with these arguments is no macro. */
type Macro = (
  target: Expression,
  args: readonly Expression[],
  variables: Variables,
  compile: Compile,
) => Compiled | undefined;

/** What a macro repeats: sets the variables for each item of a range and evaluates its parts. */
interface Loop {
  readonly range: Compiled;
  /** Calls back for each item, until that gives true. */
  readonly each: (slots: Slots, visit: (value: Value, key: Value) => boolean) => void;
  readonly parts: readonly Compiled[];
  readonly element: StaticType;
}

/** The macros by the name that they are called with. */
export const macros: { readonly [name: string]: Macro } = {
  all: looping(1, (loop) => decided(loop, false)),
  exists: looping(1, (loop) => decided(loop, true)),
  exists_one: looping(1, existsOne),
  existsOne: looping(1, existsOne),
  filter: looping(1, filter, 1),
  map: looping(2, map, 1),
  transformList: looping(2, map, 2),
  transformMap: looping(2, transformMap, 2),
  transformMapEntry: looping(2, transformMapEntry, 2),
  optMap: optional((value) => (value === undefined ? Optional.none : new Optional(value))),
  optFlatMap: optional((value) => value),
};

/** A macro over a range, with one variable or with two (index or key, and value), and at most so many parts. */
function looping(maximum: number, make: (loop: Loop) => Compiled, only?: 1 | 2): Macro {
  return (target, args, variables, compile) => {
    const names = args
      .slice(0, 2)
      .map((argument) => (argument.type === 'identifier' ? argument.name : undefined));
    const count = only ?? (args.length === 3 ? 2 : 1);
    if (args.length <= count || args.length > count + maximum || names.slice(0, count).includes(undefined))
      return undefined;
    return make(loopOf(target, names.slice(0, count) as string[], args.slice(count), variables, compile));
  };
}

function loopOf(
  target: Expression,
  names: readonly string[],
  parts: readonly Expression[],
  variables: Variables,
  compile: Compile,
): Loop {
  const range = compile(target, variables);
  const element = range.type.element?.() ?? dyn;
  const isList = range.type.kind === 'list';
  const slot = variables.nextSlot;
  const inner =
    names.length === 1
      ? variables.with(names[0]!, isList ? element : dyn)
      : variables.with(names[0]!, isList ? int : dyn).with(names[1]!, element);
  const place = placing(names.length === 2, slot, convert(element));
  const each: Loop['each'] = (slots, visit) => {
    const value = range.evaluate(slots);
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++)
        if (visit(place(slots, index, value[index], true), index)) return;
    } else if (isMap(value)) {
      for (const key of Object.keys(value)) if (visit(place(slots, key, value[key], false), key)) return;
    } else {
      noOverload('comprehension');
    }
  };
  return { range, each, parts: parts.map((part) => compile(part, inner)), element: isList ? element : dyn };
}

/** Puts an item where the variables are; with one variable, a list gives its items and a map its keys. */
function placing(isTwo: boolean, slot: number, read: (value: Value) => Value) {
  return (slots: Slots, key: Value, value: Value, isList: boolean): Value => {
    if (isTwo) {
      slots[slot] = key;
      slots[slot + 1] = read(value);
      return slots[slot + 1];
    }
    slots[slot] = isList ? read(value) : key;
    return slots[slot];
  };
}

const other: StaticType = { kind: 'other' };

/** `exists` where true decides, `all` where false does; an error counts only where nothing decides. */
function decided(loop: Loop, decisive: boolean): Compiled {
  const test = loop.parts[0]!;
  const evaluate = (slots: Slots): Value => {
    let failed: CelError | undefined;
    let result = !decisive;
    loop.each(slots, () => {
      try {
        const value = test.evaluate(slots);
        if (typeof value !== 'boolean') noOverload('predicate');
        if (value === decisive) result = decisive;
      } catch (error) {
        if (!(error instanceof CelError)) throw error;
        failed = error;
      }
      return result === decisive;
    });
    if (failed && result !== decisive) throw failed;
    return result;
  };
  return { evaluate, type: other };
}

function holds(test: Compiled, slots: Slots): boolean {
  const value = test.evaluate(slots);
  return typeof value === 'boolean' ? value : noOverload('predicate');
}

function existsOne(loop: Loop): Compiled {
  const test = loop.parts[0]!;
  const evaluate = (slots: Slots): Value => {
    let count = 0;
    loop.each(slots, () => {
      if (holds(test, slots)) count++;
      return false;
    });
    return count === 1;
  };
  return { evaluate, type: other };
}

function filter(loop: Loop): Compiled {
  const evaluate = (slots: Slots): Value =>
    collect(loop, slots, (value) => (holds(loop.parts[0]!, slots) ? [value] : []));
  return { evaluate, type: listOf(literalType(loop.element)) };
}

/** `map(x, f)` or `map(x, condition, f)`. */
function map(loop: Loop): Compiled {
  const transform = loop.parts.at(-1)!;
  const condition = loop.parts.length === 2 ? loop.parts[0] : undefined;
  const evaluate = (slots: Slots): Value =>
    collect(loop, slots, () => (!condition || holds(condition, slots) ? [transform.evaluate(slots)] : []));
  return { evaluate, type: listOf(literalType(transform.type)) };
}

function collect(loop: Loop, slots: Slots, give: (value: Value, key: Value) => readonly Value[]): Value[] {
  const values: Value[] = [];
  loop.each(slots, (value, key) => {
    values.push(...give(value, key));
    return false;
  });
  return values;
}

function transformMap(loop: Loop): Compiled {
  const transform = loop.parts.at(-1)!;
  const condition = loop.parts.length === 2 ? loop.parts[0] : undefined;
  const evaluate = (slots: Slots): Value => {
    const entries = collect(loop, slots, (_, key) =>
      !condition || holds(condition, slots) ? [[String(key), transform.evaluate(slots)]] : [],
    );
    return Object.fromEntries(entries as [string, Value][]);
  };
  return { evaluate, type: dyn };
}

function transformMapEntry(loop: Loop): Compiled {
  const transform = loop.parts.at(-1)!;
  const condition = loop.parts.length === 2 ? loop.parts[0] : undefined;
  const evaluate = (slots: Slots): Value => {
    const maps = collect(loop, slots, () =>
      !condition || holds(condition, slots) ? [transform.evaluate(slots)] : [],
    );
    const entries = maps.flatMap((entry) =>
      isMap(entry) ? Object.entries(entry) : noOverload('transformMapEntry'),
    );
    if (new Set(entries.map(([key]) => key)).size < entries.length) throw new CelError('the same key twice');
    return Object.fromEntries(entries);
  };
  return { evaluate, type: dyn };
}

/** `optional.optMap(x, f)`: f of what is there. */
function optional(wrap: (value: Value) => Value): Macro {
  return (target, args, variables, compile) => {
    const [name, body] = args;
    if (args.length !== 2 || name?.type !== 'identifier' || !body)
      throw new Unsupported('optMap takes a variable and an expression');
    const range = compile(target, variables);
    const slot = variables.nextSlot;
    const inner = compile(body, variables.with(name.name, dyn));
    const evaluate = (slots: Slots): Value => {
      const value = range.evaluate(slots);
      if (!(value instanceof Optional)) return noOverload('optMap');
      if (value.value === undefined) return value;
      slots[slot] = value.value;
      return wrap(inner.evaluate(slots));
    };
    return { evaluate, type: dyn };
  };
}
