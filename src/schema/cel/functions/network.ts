import { isIPv4, isIPv6 } from '../../validate/formats';
import { CelError, noOverload, Opaque, type Value } from '../values';
import type { CelFunction, MethodTable } from './index';

interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

interface Range extends Address {
  readonly length: number;
}

function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { family: 4, bits: bitsOf4(text) };
  return isIPv6(text) && !/^::ffff:[\d.]+$/i.test(text) ? { family: 6, bits: bitsOf6(text) } : undefined;
}

function bitsOf4(text: string): bigint {
  return text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}

function groups(part: string): string[] {
  return part === '' ? [] : part.split(':');
}

function bitsOf6(text: string): bigint {
  const plain = text.replace(/[\d.]+\.[\d.]+$/, (tail) => {
    const bits = bitsOf4(tail);
    return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...zeros, ...last].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

function parseRange(text: string): Range | undefined {
  const [address, length, ...rest] = text.split('/');
  const parsed = parseAddress(address!);
  if (!parsed || length === undefined || rest.length > 0 || !/^(0|[1-9]\d*)$/.test(length)) return undefined;
  return Number(length) <= width(parsed) ? { ...parsed, length: Number(length) } : undefined;
}

function width(address: Address): number {
  return address.family === 4 ? 32 : 128;
}

function contains(range: Range, address: Address): boolean {
  const shift = BigInt(width(range) - range.length);
  return range.family === address.family && range.bits >> shift === address.bits >> shift;
}

const ipType = 'net.IP';
const cidrType = 'net.CIDR';

const ofAddress = (address: Address): Value =>
  new Opaque(ipType, address, `${address.family}/${address.bits}`);
const ofRange = (range: Range): Value =>
  new Opaque(cidrType, range, `${range.family}/${range.bits}/${range.length}`);

function maker<T>(
  name: string,
  parse: (text: string) => T | undefined,
  wrap: (content: T) => Value,
): CelFunction {
  return (value) => {
    if (typeof value !== 'string') return noOverload(name);
    const parsed = parse(value);
    if (!parsed) throw new CelError(`${value} is no ${name}`);
    return wrap(parsed);
  };
}

const test =
  (name: string, parse: (text: string) => unknown): CelFunction =>
  (value) =>
    typeof value === 'string' ? parse(value) !== undefined : noOverload(name);

/** What makes addresses and ranges. */
export const networkFunctions: { readonly [name: string]: CelFunction } = {
  ip: maker('ip', parseAddress, ofAddress),
  cidr: maker('cidr', parseRange, ofRange),
  isIP: test('isIP', parseAddress),
  isCIDR: test('isCIDR', parseRange),
};

/** `ip.isCanonical(text)`. */
export const networkNamespaces: { readonly [namespace: string]: { readonly [name: string]: CelFunction } } = {
  ip: {
    isCanonical: (value) => {
      const address = typeof value === 'string' ? parseAddress(value) : noOverload('ip.isCanonical');
      if (!address) throw new CelError(`${String(value)} is no ip`);
      return canonicalText(address) === value;
    },
  },
};

function canonicalText({ family, bits }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bits >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].toSorted(
    (a, b) => b[0].length - a[0].length,
  );
  const longest = runs[0];
  const text = groups.join(':');
  if (!longest) return text;
  return `${text.slice(0, longest.index).replace(/:$/, '')}::${text.slice(longest.index + longest[0].length).replace(/^:/, '')}`;
}

const address =
  (name: string, read: (address: Address) => Value): CelFunction =>
  (value) =>
    value instanceof Opaque && value.type === ipType
      ? read((value as Opaque<Address>).content)
      : noOverload(name);

const isIn = ({ family, bits }: Address, range4: string, range6: string): boolean =>
  contains(parseRange(family === 4 ? range4 : range6)!, { family, bits });

const addressMethods: { readonly [name: string]: CelFunction } = {
  family: address('family', ({ family }) => family),
  isUnspecified: address('isUnspecified', ({ bits }) => bits === 0n),
  isLoopback: address('isLoopback', (ip) => isIn(ip, '127.0.0.0/8', '::1/128')),
  isLinkLocalMulticast: address('isLinkLocalMulticast', (ip) => isIn(ip, '224.0.0.0/24', 'ff02::/16')),
  isLinkLocalUnicast: address('isLinkLocalUnicast', (ip) => isIn(ip, '169.254.0.0/16', 'fe80::/10')),
  isGlobalUnicast: address('isGlobalUnicast', isGlobalUnicast),
};

function isGlobalUnicast(ip: Address): boolean {
  if (ip.bits === 0n || (ip.family === 4 && ip.bits === 0xffffffffn)) return false;
  return (
    !isIn(ip, '127.0.0.0/8', '::1/128') &&
    !isIn(ip, '224.0.0.0/4', 'ff00::/8') &&
    !isIn(ip, '169.254.0.0/16', 'fe80::/10')
  );
}

const range =
  (name: string, read: (range: Range, other: Value) => Value): CelFunction =>
  (value, other) =>
    value instanceof Opaque && value.type === cidrType
      ? read((value as Opaque<Range>).content, other)
      : noOverload(name);

/** An argument that may be given as text. */
function argument<T>(value: Value, type: string, parse: (text: string) => T | undefined): T {
  if (value instanceof Opaque && value.type === type) return value.content as T;
  const parsed = typeof value === 'string' ? parse(value) : undefined;
  if (!parsed) throw new CelError(`${String(value)} is no ${type}`);
  return parsed;
}

const rangeMethods: { readonly [name: string]: CelFunction } = {
  containsIP: range('containsIP', (self, other) => contains(self, argument(other, ipType, parseAddress))),
  containsCIDR: range('containsCIDR', (self, other) => {
    const inner = argument(other, cidrType, parseRange);
    return inner.length >= self.length && contains(self, inner);
  }),
  ip: range('ip', ({ family, bits }) => ofAddress({ family, bits })),
  prefixLength: range('prefixLength', ({ length }) => length),
  masked: range('masked', (self) => {
    const shift = BigInt(width(self) - self.length);
    return ofRange({ ...self, bits: (self.bits >> shift) << shift });
  }),
};

/** The methods of addresses and of ranges of addresses. */
export const networkMethods: MethodTable = {
  accepts: (value) => value instanceof Opaque && (value.type === ipType || value.type === cidrType),
  methods: { ...addressMethods, ...rangeMethods },
};
