import { setTimeout as sleep } from 'node:timers/promises';
import { type Credentials, credentialsFor } from './credentials';
import { ImageError } from './errors';

/** How to talk to a registry. */
export interface RegistryOptions {
  /** Plain HTTP, for a registry that is not on this machine. */
  readonly insecure?: boolean;
  /** Who pushes; else what `docker login` noted. */
  readonly credentials?: Credentials;
}

/** A request to a registry. A body is bytes, so that it can be sent again. */
export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly type?: string;
}

/** Sends a request to a path or an address of the registry, logs in when asked to, and tries again when the registry is busy. */
export type RegistryClient = (target: string, request: RegistryRequest) => Promise<Response>;

const attempts = 4;
const timeLimit = 10 * 60_000;

/** A client for one repository of a registry, by the OCI distribution API. */
export function registryClient(
  registry: string,
  repository: string,
  options: RegistryOptions = {},
): RegistryClient {
  const base = new URL(`${schemeOf(registry, options)}://${registry}`);
  let authorization: string | undefined;
  return async (target, request) => {
    const url = new URL(target, base);
    const own = url.origin === base.origin;
    const first = await patiently(url, request, own ? authorization : undefined);
    if (first.status !== 401 || !own) return first;
    authorization = await logIn(first.headers.get('www-authenticate') ?? '', {
      registry,
      repository,
      ...options,
    });
    return patiently(url, request, authorization);
  };
}

/** `http` for a registry on this machine, and where it is asked for; else `https`. */
export function schemeOf(registry: string, { insecure = false }: RegistryOptions): 'http' | 'https' {
  return insecure || /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(registry) ? 'http' : 'https';
}

async function patiently(
  url: URL,
  request: RegistryRequest,
  authorization: string | undefined,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await send(url, request, authorization).catch(reasonOf);
    const passing = typeof outcome === 'string' || outcome.status === 429 || outcome.status >= 500;
    if (!passing) return outcome;
    if (attempt === attempts) throw giveUp(url, outcome);
    await sleep(200 * 3 ** (attempt - 1));
  }
}

function send(
  url: URL,
  { method, body, type }: RegistryRequest,
  authorization: string | undefined,
): Promise<Response> {
  const headers = { ...(type && { 'content-type': type }), ...(authorization && { authorization }) };
  const signal = AbortSignal.timeout(timeLimit);
  return fetch(url, { method, headers, signal, redirect: 'follow', ...(body && { body }) });
}

// fetch hides what went wrong ("connect ECONNREFUSED …") in the cause.
function reasonOf(error: {
  readonly message: string;
  readonly cause?: { readonly message?: string };
}): string {
  return error.cause?.message || error.message;
}

function giveUp(url: URL, outcome: string | Response): ImageError {
  const reason = typeof outcome === 'string' ? outcome : `status ${outcome.status}`;
  return new ImageError(`${url.origin} did not answer as it should in ${attempts} tries: ${reason}`);
}

interface Login extends RegistryOptions {
  readonly registry: string;
  readonly repository: string;
}

/** The `Authorization` that answers a challenge: the user's own, or a token that the named server gives for it. */
async function logIn(challenge: string, login: Login): Promise<string> {
  const credentials = login.credentials ?? (await credentialsFor(login.registry));
  const basic =
    credentials &&
    `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  if (/^bearer\s/i.test(challenge))
    return `Bearer ${await fetchToken(parseChallenge(challenge), login, basic)}`;
  if (basic) return basic;
  throw new ImageError(`${login.registry} wants to know who pushes: run docker login ${login.registry}`);
}

/** The parameters of `Bearer realm="…",service="…"`. */
export function parseChallenge(challenge: string): { readonly [name: string]: string } {
  const pairs = [...challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)];
  return Object.fromEntries(
    pairs.map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']),
  );
}

async function fetchToken(
  challenge: { readonly [name: string]: string },
  login: Login,
  basic: string | undefined,
): Promise<string> {
  const url = tokenAddress(challenge, login);
  const response = await patiently(url, { method: 'GET' }, basic);
  const { token, access_token: accessToken } = (response.ok ? await response.json() : {}) as {
    token?: string;
    access_token?: string;
  };
  const given = token ?? accessToken;
  if (given === undefined)
    throw new ImageError(
      `${url.origin} gave no right to push to ${login.registry}/${login.repository} (status ${response.status}): run docker login ${login.registry}`,
    );
  return given;
}

function tokenAddress(challenge: { readonly [name: string]: string }, login: Login): URL {
  const realm = URL.canParse(challenge['realm'] ?? '') ? new URL(challenge['realm'] ?? '') : undefined;
  const open = realm?.protocol === 'http:' && schemeOf(login.registry, login) === 'https';
  if (!realm || open)
    throw new ImageError(
      `${login.registry} sends to ${challenge['realm'] ?? 'nowhere'} for a token: no password goes there`,
    );
  if (challenge['service'] !== undefined) realm.searchParams.set('service', challenge['service']);
  realm.searchParams.set('scope', `repository:${login.repository}:pull,push`);
  return realm;
}
