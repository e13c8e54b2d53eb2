import { dnsLabel, dnsSubdomain } from './names';

/** A format as the API server checks it: which texts pass, and what to write. */
export interface Format {
  readonly test: (text: string) => boolean;
  readonly example: string;
}

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** Whether a text is an IPv4 address without leading zeros, as Go reads it. */
export function isIPv4(text: string): boolean {
  return ipv4.test(text);
}

/** Whether a text is an IPv6 address, possibly with an IPv4 tail. Zones are not part of an address here. */
export function isIPv6(text: string): boolean {
  const tail = /^(.*:)([^:]*\.[^:]*)$/.exec(text);
  if (tail && !isIPv4(tail[2]!)) return false;
  const halves = (tail ? `${tail[1]}0:0` : text).split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const complete = halves.length === 2 ? groups.length <= 7 : groups.length === 8;
  return complete && groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group));
}

/** Whether a text is an address and a prefix length, e.g. `10.0.0.0/8`. */
export function isCidr(text: string): boolean {
  const match = /^(.+)\/(0|[1-9]\d{0,2})$/.exec(text);
  if (!match) return false;
  const length = Number(match[2]);
  return (isIPv4(match[1]!) && length <= 32) || (isIPv6(match[1]!) && length <= 128);
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$/;

/** Whether a text is a moment as RFC 3339 writes it. */
export function isDateTime(text: string): boolean {
  const match = rfc3339.exec(text);
  if (!match) return false;
  const [, year, month, day, hour, minute, second, zoneHour = '00', zoneMinute = '00'] = match;
  return (
    isDay(Number(year), Number(month), Number(day)) &&
    [hour, zoneHour].every((hours) => Number(hours) < 24) &&
    [minute, second, zoneMinute].every((part) => Number(part) < 60)
  );
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const seconds: { readonly [unit: string]: number } = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** The seconds of a duration as Go writes it (`1h30m`, `-1.5s`, `0`), or undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([a-zµμ]+)/g))
    sum += Number(amount) * seconds[unit!]!;
  if (Math.abs(sum) > 9223372036) return undefined;
  return text.startsWith('-') ? -sum : sum;
}

/** The duration format also reads long units and takes what it finds among other text. */
function isLooseDuration(text: string): boolean {
  if (parseDuration(text) !== undefined) return true;
  const units = /^(?:ns|nano|us|µs|micro|ms|milli|s|sec|m|min|h|hr|hour|d|day|w|week)/;
  return [...text.matchAll(/(\d+)\s*([A-Za-zµ]+)/g)].some((match) => units.test(match[2]!.toLowerCase()));
}

/** Whether a text is base64 with padding, as Go's decoder takes it: line breaks are allowed. */
export function isBase64(text: string): boolean {
  const compact = /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, '') : text;
  return compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

function isUri(text: string): boolean {
  if (text === '' || /[\s\p{Cc}]/u.test(text) || /%(?![0-9A-Fa-f]{2})/.test(text)) return false;
  return text.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(text);
}

function uuid(version: string): Format {
  const variant = '345'.includes(version) && version !== '3' ? '[89ab]' : '[0-9a-f]';
  const digits = version === '' ? '[0-9a-f]' : version;
  const pattern = new RegExp(
    `^[0-9a-f]{8}-?[0-9a-f]{4}-?${digits}[0-9a-f]{3}-?${variant}[0-9a-f]{3}-?[0-9a-f]{12}$`,
    'i',
  );
  return { test: (text) => pattern.test(text), example: 'a UUID, e.g. 123e4567-e89b-42d3-a456-426614174000' };
}

/** The format of that name; undefined where the API server knows none, and so checks nothing. */
export function formatNamed(name: string | undefined): Format | undefined {
  return name !== undefined && Object.hasOwn(formats, name) ? formats[name] : undefined;
}

const formats: { readonly [name: string]: Format } = {
  'date-time': { test: isDateTime, example: 'a moment, e.g. 2026-01-31T08:00:00Z' },
  date: { test: isDate, example: 'a day, e.g. 2026-01-31' },
  duration: { test: isLooseDuration, example: 'a duration, e.g. 1h30m' },
  byte: { test: (text) => text !== '' && isBase64(text), example: 'base64 text' },
  ipv4: { test: isIPv4, example: 'an IPv4 address, e.g. 10.0.0.1' },
  ipv6: { test: isIPv6, example: 'an IPv6 address, e.g. fd00::1' },
  cidr: { test: isCidr, example: 'an address range, e.g. 10.0.0.0/8' },
  mac: { test: (text) => /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,7}$/i.test(text), example: 'a MAC address' },
  email: {
    test: (text) => /^[^\s@]+@[^\s@]+$|^[^<>]*<[^\s@]+@[^\s@]+>$/.test(text),
    example: 'an e-mail address',
  },
  uri: { test: isUri, example: 'a URI, e.g. https://example.org/path' },
  uuid: uuid(''),
  uuid3: uuid('3'),
  uuid4: uuid('4'),
  uuid5: uuid('5'),
  hexcolor: {
    test: (text) => /^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(text),
    example: 'a colour, e.g. #ff8800',
  },
  'k8s-short-name': { test: (text) => dnsLabel(text) === undefined, example: 'a DNS label, e.g. my-name' },
  'k8s-long-name': { test: (text) => dnsSubdomain(text) === undefined, example: 'a DNS name, e.g. my.name' },
};
