import type { Expression } from './ast';

import { functions, methods, namespaces, resultTypes } from './functions';
import { macros } from './macros';
import { dyn, type StaticType } from './types';
import { fieldOf, type Compile, type Compiled, type Slots, type Variables } from './variables';
import { isMap, noOverload, Optional, Unsupported, type Value } from './values';

type Call = Extract<Expression, { type: 'call' }>;

/** A call: `has(…)`, a macro, a function, or a method of a value. */
export function compileCall(call: Call, variables: Variables, compile: Compile): Compiled {
  const { target, name, args } = call;
  if (!target && name === 'has') return has(args, variables, compile);
  const macro =
    target && Object.hasOwn(macros, name) ? macros[name]!(target, args, variables, compile) : undefined;
  if (macro) return macro;
  const inNamespace = target && namespaced(target, name, variables);
  if (inNamespace) return applied(name, inNamespace, args, variables, compile);
  if (!target) return applied(name, known(functions, name), args, variables, compile);
  return method(name, compile(target, variables), args, variables, compile);
}

function known<T>(table: { readonly [name: string]: T }, name: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new Unsupported(`there is no function ${name}`);
  return found;
}

/** `sets.contains(a, b)` names a function, not a method of a variable. */
function namespaced(
  target: Expression,
  name: string,
  variables: Variables,
): ((...args: Value[]) => Value) | undefined {
  if (target.type !== 'identifier' || variables.find(target.name) || !Object.hasOwn(namespaces, target.name))
    return undefined;
  return known(namespaces[target.name]!, name);
}

function applied(
  name: string,
  apply: (...args: Value[]) => Value,
  args: readonly Expression[],
  variables: Variables,
  compile: Compile,
): Compiled {
  const compiled = args.map((argument) => compile(argument, variables));
  const [first] = compiled;
  const type = resultType(name, first?.type);
  if (first && compiled.length === 1) return { evaluate: (slots) => apply(first.evaluate(slots)), type };
  return { evaluate: (slots) => apply(...compiled.map((argument) => argument.evaluate(slots))), type };
}

function method(
  name: string,
  target: Compiled,
  args: readonly Expression[],
  variables: Variables,
  compile: Compile,
): Compiled {
  const apply = known(methods, name);
  const compiled = args.map((argument) => compile(argument, variables));
  const evaluate = (slots: Slots): Value =>
    apply(target.evaluate(slots), ...compiled.map((argument) => argument.evaluate(slots)));
  return { evaluate, type: resultType(name, target.type) };
}

function resultType(name: string, operand: StaticType | undefined): StaticType {
  if (['min', 'max', 'sum', 'abs'].includes(name)) return operand?.element?.() ?? operand ?? dyn;
  return resultTypes[name] ?? dyn;
}

function has(args: readonly Expression[], variables: Variables, compile: Compile): Compiled {
  const [argument] = args;
  if (args.length !== 1 || argument?.type !== 'select') throw new Unsupported('has() takes a field');
  const operand = compile(argument.operand, variables);
  const { name } = fieldOf(operand.type, argument.field);
  const evaluate = (slots: Slots): Value => {
    const value = operand.evaluate(slots);
    const content = value instanceof Optional ? value.value : value;
    if (content === undefined) return false;
    return isMap(content) ? Object.hasOwn(content, name) && content[name] !== undefined : noOverload('has');
  };
  return { evaluate, type: { kind: 'other' } };
}
