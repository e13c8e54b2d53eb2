import { CelError, noOverload, type Value } from '../values';
import type { CelFunction } from './index';

const unary =
  (name: string, apply: (value: number) => Value): CelFunction =>
  (value) =>
    typeof value === 'number' ? apply(value) : noOverload(`math.${name}`);

const bits =
  (name: string, apply: (left: bigint, right: bigint) => bigint): CelFunction =>
  (left, right) =>
    typeof left === 'number' && typeof right === 'number'
      ? Number(BigInt.asIntN(64, apply(BigInt(left), BigInt(right))))
      : noOverload(`math.${name}`);

function extreme(name: string, pick: (...values: number[]) => number): CelFunction {
  return (...args) => {
    const values = args.length === 1 && Array.isArray(args[0]) ? (args[0] as Value[]) : args;
    if (values.length === 0 || values.some((value) => typeof value !== 'number'))
      return noOverload(`math.${name}`);
    return pick(...(values as number[]));
  };
}

function shift(value: bigint, by: bigint, direction: 1n | -1n): bigint {
  if (by < 0n) throw new CelError('negative offset');
  if (by > 63n) return 0n;
  return direction === 1n ? value << by : BigInt.asUintN(64, value) >> by;
}

/** Away from zero where it is half-way, unlike Math.round. */
function round(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

/** The functions of `math`. */
export const mathFunctions: { readonly [name: string]: CelFunction } = {
  greatest: extreme('greatest', Math.max),
  least: extreme('least', Math.min),
  abs: unary('abs', Math.abs),
  sign: unary('sign', Math.sign),
  ceil: unary('ceil', Math.ceil),
  floor: unary('floor', Math.floor),
  round: unary('round', round),
  trunc: unary('trunc', Math.trunc),
  sqrt: unary('sqrt', Math.sqrt),
  isNaN: unary('isNaN', Number.isNaN),
  isInf: unary('isInf', (value) => Math.abs(value) === Infinity),
  isFinite: unary('isFinite', Number.isFinite),
  bitAnd: bits('bitAnd', (left, right) => left & right),
  bitOr: bits('bitOr', (left, right) => left | right),
  bitXor: bits('bitXor', (left, right) => left ^ right),
  bitNot: unary('bitNot', (value) => Number(~BigInt(value))),
  bitShiftLeft: bits('bitShiftLeft', (left, right) => shift(left, right, 1n)),
  bitShiftRight: bits('bitShiftRight', (left, right) => shift(left, right, -1n)),
};
