import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { connect, type ConnectionOptions } from 'node:tls';
import type { Duplex } from 'node:stream';
import { load } from 'js-yaml';
import { dial } from '../gateway';

/** How to reach an API server: by an address, or through a lab's gateway. */
export interface Connection {
  readonly server: URL;
  readonly tls: ConnectionOptions;
  readonly token?: string;
  readonly agent: Agent;
}

/** An answer of an API server, whatever it says. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A request to an API server. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
}

/** What a kubeconfig says of its current context. */
export function readConnection(kubeconfig: string, gateway?: string): Connection {
  const config = load(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const context = config.contexts.find(({ name }) => name === config['current-context'])?.context;
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user;
  if (!cluster || !user) throw new Error(`${kubeconfig} has no current context with a cluster and a user`);
  const tls = {
    ...present('ca', data(cluster, 'certificate-authority')),
    ...present('cert', data(user, 'client-certificate')),
    ...present('key', data(user, 'client-key')),
  };
  const server = new URL(cluster['server'] ?? '');
  return { server, tls, ...present('token', user['token']), agent: agentFor(server, tls, gateway) };
}

/** Sends a request and reads the whole answer. */
export async function call(connection: Connection, { method, path, body, type }: Call): Promise<Answer> {
  const message = await open(connection, {
    method,
    path,
    ...present('body', body),
    ...present('type', type),
  });
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return { status: message.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}

/** Sends a request and hands over the answer while it arrives. */
export function open(connection: Connection, { method, path, body, type }: Call): Promise<IncomingMessage> {
  const { server, tls, token, agent } = connection;
  const headers = {
    accept: 'application/json',
    ...(body === undefined
      ? {}
      : { 'content-type': type ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const target = {
      hostname: server.hostname,
      port: server.port || 443,
      method,
      path,
      headers,
      agent,
      ...tls,
    };
    const outgoing = request(target, resolve);
    outgoing.setTimeout(IDLE, () =>
      outgoing.destroy(new Error(`${method} ${path}: no answer in ${IDLE / 1000} s`)),
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

const IDLE = 120_000;

type Section = Readonly<Record<string, string>>;

interface Kubeconfig {
  readonly 'current-context': string;
  readonly contexts: readonly { name: string; context: { cluster: string; user: string } }[];
  readonly clusters: readonly { name: string; cluster: Section }[];
  readonly users: readonly { name: string; user: Section }[];
}

function data(section: Section, field: string): string | undefined {
  const inline = section[`${field}-data`];
  if (inline !== undefined) return Buffer.from(inline, 'base64').toString();
  const file = section[field];
  return file === undefined ? undefined : readFileSync(file, 'utf8');
}

function present<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}

function agentFor(server: URL, tls: ConnectionOptions, gateway: string | undefined): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  if (gateway !== undefined) Object.assign(agent, { createConnection: throughGateway(server, tls, gateway) });
  return agent;
}

type Done = (error: Error | null, socket?: Duplex) => void;

function throughGateway(server: URL, tls: ConnectionOptions, gateway: string) {
  return (_: unknown, done: Done): undefined => {
    dial(gateway, server.hostname, Number(server.port || 443)).then(
      (socket) => done(null, connect({ ...tls, socket, host: server.hostname })),
      (error: Error) => done(error),
    );
  };
}
