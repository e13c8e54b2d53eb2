import { CelError, noOverload, Opaque, type Value } from '../values';
import type { CelFunction, MethodTable } from './index';

interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

/** A URL with a scheme or an absolute path, as Go's parser for requests takes it. */
function parseUrl(text: string): Url | undefined {
  if (text === '' || /[ \p{Cc}]/u.test(text.split('?')[0]!)) return undefined;
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/.exec(text);
  if (!match) return undefined;
  const [, scheme = '', authority, path = '', query = ''] = match;
  const isAbsolute = scheme !== '' || (authority === undefined && path.startsWith('/'));
  if (!isAbsolute || /%(?![0-9A-Fa-f]{2})/.test(path)) return undefined;
  const host = /^(?:[^@]*@)?(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/.exec(authority ?? '');
  if (!host || /[^A-Za-z0-9\-._~!$&'()*+,;=%:[\]]|%(?![0-9A-Fa-f]{2})/.test(host[1]!)) return undefined;
  const hostname = host[1]!.replace(/^\[|\]$/g, '');
  const full = authority?.replace(/^[^@]*@/, '') ?? '';
  return { scheme: scheme.toLowerCase(), host: full, hostname, port: host[2] ?? '', path, query };
}

const part =
  (name: string, read: (url: Url) => Value): CelFunction =>
  (value) =>
    value instanceof Opaque && value.type === 'kubernetes.URL'
      ? read((value as Opaque<Url>).content)
      : noOverload(name);

/** What makes URLs. */
export const urlFunctions: { readonly [name: string]: CelFunction } = {
  isURL: (value) => (typeof value === 'string' ? parseUrl(value) !== undefined : noOverload('isURL')),
  url: (value) => {
    if (typeof value !== 'string') return noOverload('url');
    const url = parseUrl(value);
    if (!url) throw new CelError(`${value} is no URL`);
    return new Opaque('kubernetes.URL', url, value);
  },
};

/** The methods of URLs. */
export const urlMethods: MethodTable = {
  accepts: (value) => value instanceof Opaque && value.type === 'kubernetes.URL',
  methods: {
    getScheme: part('getScheme', (url) => url.scheme),
    getHost: part('getHost', (url) => url.host),
    getHostname: part('getHostname', (url) => url.hostname),
    getPort: part('getPort', (url) => url.port),
    getEscapedPath: part('getEscapedPath', (url) => url.path),
    getQuery: part('getQuery', (url) => queryOf(url.query)),
  },
};

function queryOf(query: string): { readonly [key: string]: readonly string[] } {
  const values = new URLSearchParams(query);
  return Object.fromEntries([...new Set(values.keys())].map((key) => [key, values.getAll(key)]));
}
