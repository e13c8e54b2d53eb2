import { double, int, type StaticType } from '../types';
import type { Value } from '../values';
import { conversions } from './conversions';
import { listMethods } from './lists';
import { mathFunctions } from './math';
import { base64, formatMethods, formatNames, formatsNamespace, setFunctions } from './namespaces';
import { networkFunctions, networkMethods, networkNamespaces } from './network';
import { quantityFunctions, quantityMethods } from './quantity';
import { semverFunctions, semverMethods } from './semver';
import { textMethods } from './text';
import { timeMethods } from './time';
import { optionalMethods, optionalNamespace } from './optional';
import { urlFunctions, urlMethods } from './url';

/** A function as expressions call it; a method gets its value first. */
export type CelFunction = (...args: Value[]) => Value;

type Table = { readonly [name: string]: CelFunction };

/** What is called by its name alone: `size(x)`. */
export const functions: Table = {
  ...conversions,
  ...networkFunctions,
  ...quantityFunctions,
  ...semverFunctions,
  ...urlFunctions,
};

/** What is called on a namespace: `sets.contains(a, b)`. */
export const namespaces: { readonly [namespace: string]: Table } = {
  sets: setFunctions,
  math: mathFunctions,
  optional: optionalNamespace,
  format: { ...formatsNamespace, ...formatNames },
  base64,
  ...networkNamespaces,
};

/** What is called on a value. Where several types have a method of one name, it looks at the value. */
export const methods: Table = overloads([
  textMethods,
  listMethods,
  timeMethods,
  optionalMethods,
  networkMethods,
  urlMethods,
  semverMethods,
  quantityMethods,
  formatMethods,
]);

/** Methods that know several types of value, by the type that they are for. */
export interface MethodTable {
  readonly accepts: (value: Value) => boolean;
  readonly methods: Table;
}

function overloads(tables: readonly MethodTable[]): Table {
  const names = new Set(tables.flatMap((table) => Object.keys(table.methods)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      overloaded(
        name,
        tables.filter((table) => Object.hasOwn(table.methods, name)),
      ),
    ]),
  );
}

function overloaded(name: string, tables: readonly MethodTable[]): CelFunction {
  return (...args) => {
    for (const { accepts, methods: table } of tables) if (accepts(args[0])) return table[name]!(...args);
    return tables[0]!.methods[name]!(...args);
  };
}

/** The types of results that arithmetic depends on. */
export const resultTypes: { readonly [name: string]: StaticType } = {
  size: int,
  int,
  uint: int,
  double,
  indexOf: int,
  lastIndexOf: int,
  asInteger: int,
  asApproximateFloat: double,
  compareTo: int,
  major: int,
  minor: int,
  patch: int,
  ceil: double,
  floor: double,
  round: double,
  trunc: double,
};
