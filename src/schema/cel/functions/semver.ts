import { CelError, noOverload, Opaque, type Value } from '../values';
import type { CelFunction, MethodTable } from './index';

interface Version {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: readonly string[];
}

const shape =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

/** A version; with `normalize`, `v1.2` and `01.2.3` are versions too. */
function parse(text: string, normalize: boolean): Version | undefined {
  const match = shape.exec(normalize ? normalized(text) : text);
  if (!match) return undefined;
  const prerelease = match[4]?.split('.') ?? [];
  if (prerelease.some((part) => /^0\d+$/.test(part))) return undefined;
  return { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], prerelease };
}

function normalized(text: string): string {
  const [, core = '', rest = ''] = /^v?([\d.]*)(.*)$/.exec(text) ?? [];
  const numbers = core.split('.').map((number) => number.replace(/^0+(?=\d)/, ''));
  while (numbers.length < 3) numbers.push('0');
  return numbers.join('.') + rest;
}

function compareVersions(left: Version, right: Version): number {
  for (const index of [0, 1, 2] as const) {
    const difference = left.numbers[index] - right.numbers[index];
    if (difference !== 0) return Math.sign(difference);
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0)
    return Math.sign(right.prerelease.length - left.prerelease.length);
  return comparePrereleases(left.prerelease, right.prerelease);
}

function comparePrereleases(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [a, b] = [left[index], right[index]];
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    if (a === b) continue;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
    if (isNumber && isOtherNumber) return Number(a) < Number(b) ? -1 : 1;
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return 0;
}

const type = 'kubernetes.Semver';

/** What makes versions. */
export const semverFunctions: { readonly [name: string]: CelFunction } = {
  isSemver: (value, normalize) =>
    typeof value === 'string' ? parse(value, normalize === true) !== undefined : noOverload('isSemver'),
  semver: (value, normalize) => {
    if (typeof value !== 'string') return noOverload('semver');
    const version = parse(value, normalize === true);
    if (!version) throw new CelError(`${value} is no version`);
    return new Opaque(type, version, JSON.stringify(version));
  },
};

function isVersion(value: Value): value is Opaque<Version> {
  return value instanceof Opaque && value.type === type;
}

const read =
  (name: string, apply: (version: Version) => Value): CelFunction =>
  (value) =>
    isVersion(value) ? apply(value.content) : noOverload(name);

const comparison =
  (name: string, apply: (order: number) => Value): CelFunction =>
  (value, other) =>
    isVersion(value) && isVersion(other)
      ? apply(compareVersions(value.content, other.content))
      : noOverload(name);

/** The methods of versions. */
export const semverMethods: MethodTable = {
  accepts: isVersion,
  methods: {
    major: read('major', ({ numbers }) => numbers[0]),
    minor: read('minor', ({ numbers }) => numbers[1]),
    patch: read('patch', ({ numbers }) => numbers[2]),
    isLessThan: comparison('isLessThan', (order) => order < 0),
    isGreaterThan: comparison('isGreaterThan', (order) => order > 0),
    compareTo: comparison('compareTo', (order) => order),
  },
};
