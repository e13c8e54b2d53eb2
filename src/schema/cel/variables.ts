import type { Expression } from './ast';
import { dyn, unescapeName, type StaticType } from './types';
import type { Value } from './values';

/** What variables stand for while an expression is evaluated, each at its place. */
export type Slots = Value[];

/** An expression that can be evaluated. */
export interface Compiled {
  readonly evaluate: (slots: Slots) => Value;
  readonly type: StaticType;
}

/** The variables that an expression may name: their places and types. */
export class Variables {
  private constructor(
    private readonly known: ReadonlyMap<string, { readonly slot: number; readonly type: StaticType }>,
    private readonly used: number,
  ) {}

  static readonly none = new Variables(new Map(), 0);

  /** The same with one more, at the next free place. */
  with(name: string, type: StaticType): Variables {
    return new Variables(new Map([...this.known, [name, { slot: this.used, type }]]), this.used + 1);
  }

  find(name: string): { readonly slot: number; readonly type: StaticType } | undefined {
    return this.known.get(name);
  }

  /** The place that the next variable gets. */
  get nextSlot(): number {
    return this.used;
  }
}

/** Makes an expression ready to be evaluated; given to what compiles parts of it. */
export type Compile = (expression: Expression, variables: Variables) => Compiled;

/** The name of a field as the object has it, and its type. */
export function fieldOf(
  operand: StaticType,
  field: string,
): { readonly name: string; readonly type: StaticType } {
  if (operand.kind === 'map') return { name: field, type: operand.element?.() ?? dyn };
  if (operand.kind !== 'object') return { name: field, type: dyn };
  return { name: unescapeName(field), type: operand.field?.(field) ?? dyn };
}

/** What was converted when it was read must not be converted again. */
export function literalType(type: StaticType): StaticType {
  return ['timestamp', 'date', 'duration', 'bytes'].includes(type.kind) ? { kind: 'other' } : type;
}
