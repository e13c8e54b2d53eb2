import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { load } from 'js-yaml';
import type { JsonObject } from '../../src/estate';
import type { KindInfo, KindSchema } from '../../src/schema/types';

/** What the API server says of an object. */
export interface Verdict {
  readonly accepted: boolean;
  readonly status: number;
  readonly message: string;
}

/** A real API server, asked without consequences. */
export interface Server {
  /** Would it create this object, strictly? */
  create(schema: KindSchema, body: JsonObject): Promise<Verdict>;
  /** Would it apply this object, as Flux does? */
  apply(schema: KindSchema, body: JsonObject, options?: { readonly dryRun: boolean }): Promise<Verdict>;
  /** Removes an object for good. */
  remove(schema: KindSchema, body: JsonObject): Promise<Verdict>;
  /** Any request; used to prepare namespaces and the like. */
  send(method: string, path: string, body: unknown): Promise<Verdict>;
}

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: {
      readonly server: string;
      readonly 'certificate-authority-data'?: string;
      readonly 'certificate-authority'?: string;
    };
  }[];
  readonly users: readonly {
    readonly user: {
      readonly token?: string;
      readonly 'client-certificate-data'?: string;
      readonly 'client-key-data'?: string;
      readonly 'client-certificate'?: string;
      readonly 'client-key'?: string;
    };
  }[];
}

/** The server that a kubeconfig's first cluster and user name. */
export function serverOf(kubeconfigFile: string): Server {
  const { clusters, users } = load(readFileSync(kubeconfigFile, 'utf8')) as Kubeconfig;
  const { cluster } = clusters[0]!;
  const { user } = users[0]!;
  const ca = pem(cluster['certificate-authority-data'], cluster['certificate-authority']);
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 16,
    rejectUnauthorized: ca !== undefined,
    ca,
    cert: pem(user['client-certificate-data'], user['client-certificate']),
    key: pem(user['client-key-data'], user['client-key']),
  });
  const headers = user.token ? { authorization: `Bearer ${user.token}` } : {};
  const send: Server['send'] = (method, path, body) =>
    ask(agent, new URL(path, cluster.server), method, headers, body);
  return serverBy(send);
}

/** The server that answers these requests; what is patched is applied. */
export function serverBy(send: Server['send']): Server {
  const query = 'dryRun=All&fieldValidation=Strict';
  return {
    send,
    create: (schema, body) =>
      send('POST', `${pathOf(schema, schema.version, namespaceOf(schema, body))}?${query}`, body),
    remove: async (schema, body) => {
      const path = `${pathOf(schema, schema.version, namespaceOf(schema, body))}/${nameOf(body)}`;
      const verdict = await send('DELETE', `${path}?gracePeriodSeconds=0&propagationPolicy=Background`, {});
      // What protects volumes would be lifted by a controller that need not run here.
      await send('PATCH', path, [{ op: 'remove', path: '/metadata/finalizers' }]);
      return verdict;
    },
    apply: (schema, body, { dryRun } = { dryRun: true }) => {
      const path = `${pathOf(schema, schema.version, namespaceOf(schema, body))}/${nameOf(body)}`;
      return send(
        'PATCH',
        `${path}?${dryRun ? query : 'fieldValidation=Strict'}&fieldManager=agreement&force=true`,
        body,
      );
    },
  };
}

function pem(data: string | undefined, file: string | undefined): string | undefined {
  return data ? Buffer.from(data, 'base64').toString() : file && readFileSync(file, 'utf8');
}

function namespaceOf(schema: KindInfo, body: JsonObject): string | undefined {
  const namespace = (body['metadata'] as JsonObject | null | undefined)?.['namespace'];
  return schema.namespaced
    ? typeof namespace === 'string' && /^[a-z0-9-]+$/.test(namespace)
      ? namespace
      : 'lab'
    : undefined;
}

function nameOf(body: JsonObject): string {
  const name = (body['metadata'] as JsonObject | null | undefined)?.['name'];
  return encodeURIComponent(typeof name === 'string' ? name : '-');
}

/** Where the objects of a kind are. */
export function pathOf(info: KindInfo, version: string, namespace: string | undefined): string {
  const root = info.group === '' ? `/api/${version}` : `/apis/${info.group}/${version}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${info.plural}`;
}

function ask(
  agent: Agent,
  url: URL,
  method: string,
  headers: { [name: string]: string },
  body: unknown,
): Promise<Verdict> {
  const patch = Array.isArray(body) ? 'application/json-patch+json' : 'application/apply-patch+yaml';
  const type = method === 'PATCH' ? patch : 'application/json';
  const text = JSON.stringify(body);
  const sent = { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent, headers: sent, timeout: 60_000 }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve(verdictOf(incoming.statusCode ?? 0, Buffer.concat(chunks).toString())),
      );
    });
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${url.href} did not answer within a minute`)));
    outgoing.end(text);
  });
}

function verdictOf(status: number, text: string): Verdict {
  const accepted = status < 300;
  return { accepted, status, message: accepted ? '' : messageOf(text) };
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
