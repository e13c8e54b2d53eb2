import { formatNamed, isBase64 } from '../../validate/formats';
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelKey,
  labelValue,
  type TextCheck,
} from '../../validate/names';
import { CelError, equals, noOverload, Opaque, Optional, type Value } from '../values';
import type { CelFunction, MethodTable } from './index';

const lists = (
  name: string,
  apply: (left: readonly Value[], right: readonly Value[]) => boolean,
): CelFunction => {
  return (left, right) =>
    Array.isArray(left) && Array.isArray(right) ? apply(left, right) : noOverload(`sets.${name}`);
};

const has = (list: readonly Value[], item: Value): boolean => list.some((other) => equals(item, other));

const within = (inner: readonly Value[], outer: readonly Value[]): boolean =>
  inner.every((item) => has(outer, item));

/** The functions of `sets`: lists as sets. */
export const setFunctions: { readonly [name: string]: CelFunction } = {
  contains: lists('contains', (left, right) => within(right, left)),
  equivalent: lists('equivalent', (left, right) => within(left, right) && within(right, left)),
  intersects: lists('intersects', (left, right) => left.some((item) => has(right, item))),
};

/** The functions of `base64`. */
export const base64: { readonly [name: string]: CelFunction } = {
  encode: (value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : noOverload('base64.encode'),
  decode: (value) => {
    if (typeof value !== 'string') return noOverload('base64.decode');
    if (!isBase64(value)) throw new CelError('this is no base64');
    return Buffer.from(value, 'base64');
  },
};

/** Says what is wrong with a text, or undefined where nothing is. */
type NamedFormat = Opaque<(text: string) => string | undefined>;

const byRule =
  (wrong: (text: string) => boolean, words: string): TextCheck =>
  (text) =>
    wrong(text) ? `must be ${words}` : undefined;

const ofFormat = (name: string): TextCheck => {
  const { test, example } = formatNamed(name)!;
  return byRule((text) => !test(text), example);
};

/** A prefix is a name that more is added to, so a hyphen at its end is fine. */
const prefix =
  (check: TextCheck): TextCheck =>
  (text) =>
    check(text.endsWith('-') ? `${text}x` : text);

const named: { readonly [name: string]: TextCheck } = {
  dns1123Label: dnsLabel,
  dns1123Subdomain: dnsSubdomain,
  dns1035Label,
  qualifiedName: labelKey,
  labelValue,
  dns1123LabelPrefix: prefix(dnsLabel),
  dns1123SubdomainPrefix: prefix(dnsSubdomain),
  dns1035LabelPrefix: prefix(dns1035Label),
  uri: ofFormat('uri'),
  uuid: ofFormat('uuid'),
  byte: ofFormat('byte'),
  date: ofFormat('date'),
  datetime: ofFormat('date-time'),
};

const formatOf = (name: string): NamedFormat => new Opaque('kubernetes.NamedFormat', named[name]!, name);

/** `format.dns1123Label()` and the other formats by their names. */
export const formatNames: { readonly [name: string]: CelFunction } = Object.fromEntries(
  Object.keys(named).map((name) => [name, () => formatOf(name)]),
);

/** `format.named('uri')`. */
export const formatsNamespace: { readonly [name: string]: CelFunction } = {
  named: (name) => {
    if (typeof name !== 'string') return noOverload('format.named');
    return Object.hasOwn(named, name) ? new Optional(formatOf(name)) : Optional.none;
  },
};

/** `format.dns1123Label().validate(text)`: what is wrong, or nothing. */
export const formatMethods: MethodTable = {
  accepts: (value) => value instanceof Opaque && value.type === 'kubernetes.NamedFormat',
  methods: {
    validate: (value, text) => {
      if (!(value instanceof Opaque) || typeof text !== 'string') return noOverload('validate');
      const problem = (value as NamedFormat).content(text);
      return problem === undefined ? Optional.none : new Optional([problem]);
    },
  },
};
