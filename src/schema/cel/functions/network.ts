import { contains, readAddress, widthOf, type Address, type Range } from '../../validate/addresses';
import { CelError, noOverload, Opaque, type Value } from '../values';
import type { CelFunction, MethodTable } from './index';

function parseAddress(text: string): Address | undefined {
  return /^::ffff:[\d.]+$/i.test(text) ? undefined : readAddress(text);
}

function parseRange(text: string): Range | undefined {
  const [address, length, ...rest] = text.split('/');
  const parsed = parseAddress(address!);
  if (!parsed || length === undefined || rest.length > 0 || !/^(0|[1-9]\d*)$/.test(length)) return undefined;
  return Number(length) <= widthOf(parsed) ? { ...parsed, length: Number(length) } : undefined;
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
    const shift = BigInt(widthOf(self) - self.length);
    return ofRange({ ...self, bits: (self.bits >> shift) << shift });
  }),
};

/** The methods of addresses and of ranges of addresses. */
export const networkMethods: MethodTable = {
  accepts: (value) => value instanceof Opaque && (value.type === ipType || value.type === cidrType),
  methods: { ...addressMethods, ...rangeMethods },
};
