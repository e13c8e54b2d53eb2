/** An expression, parsed. Macros are calls here; the compiler knows them by name. */
export type Expression =
  | {
      readonly type: 'literal';
      readonly value: string | number | boolean | null | Uint8Array;
      readonly isDouble?: boolean;
    }
  | { readonly type: 'identifier'; readonly name: string }
  | {
      readonly type: 'select';
      readonly operand: Expression;
      readonly field: string;
      readonly optional: boolean;
    }
  | {
      readonly type: 'index';
      readonly operand: Expression;
      readonly index: Expression;
      readonly optional: boolean;
    }
  | {
      readonly type: 'call';
      readonly target?: Expression;
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | { readonly type: 'unary'; readonly operator: '!' | '-'; readonly operand: Expression }
  | {
      readonly type: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: 'conditional';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | { readonly type: 'list'; readonly items: readonly ListItem[] }
  | { readonly type: 'map'; readonly entries: readonly MapEntry[] };

/** An item of a list; an optional one (`[?x]`) is left out where it is empty. */
export interface ListItem {
  readonly value: Expression;
  readonly optional: boolean;
}

/** An entry of a map; an optional one (`{?k: v}`) is left out where its value is empty. */
export interface MapEntry extends ListItem {
  readonly key: Expression;
}
