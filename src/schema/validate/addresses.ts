import { isIPv4, isIPv6 } from './formats';

/** An IP address as a number. */
export interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** A range of addresses: those that share the first bits of one. */
export interface Range extends Address {
  readonly length: number;
}

/** Reads an address as Go's newer parser does; undefined where it is none. */
export function readAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { family: 4, bits: bitsOf4(text) };
  return isIPv6(text) ? { family: 6, bits: bitsOf6(text) } : undefined;
}

/**
 * Reads an address as older fields of Kubernetes do, to which leading zeros mean nothing, and which take an IPv4
 * address in IPv6 notation for one of IPv4.
 */
export function readLegacyAddress(text: string): Address | undefined {
  const address = readAddress(withoutZeros(text));
  const isMapped = address?.family === 6 && address.bits >> 32n === 0xffffn;
  return isMapped ? { family: 4, bits: address.bits & 0xffff_ffffn } : address;
}

/** Reads a range as older fields of Kubernetes do; undefined where it is none. */
export function readLegacyRange(text: string): Range | undefined {
  const [address = '', length = '', ...rest] = withoutZeros(text).split('/');
  const parsed = readAddress(address);
  if (!parsed || rest.length > 0 || !/^\d+$/.test(length)) return undefined;
  return Number(length) <= widthOf(parsed) ? { ...parsed, length: Number(length) } : undefined;
}

/** Whether an address is in a range. */
export function contains(range: Range, address: Address): boolean {
  const shift = BigInt(widthOf(range) - range.length);
  return range.family === address.family && range.bits >> shift === address.bits >> shift;
}

/** How many bits an address has. */
export function widthOf({ family }: Address): number {
  return family === 4 ? 32 : 128;
}

function withoutZeros(text: string): string {
  return text.replace(/(^|[./:])0+(?=\d)/g, '$1');
}

function bitsOf4(text: string): bigint {
  return text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
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

function groups(part: string): string[] {
  return part === '' ? [] : part.split(':');
}
