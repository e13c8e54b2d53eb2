import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { connect, type ConnectionOptions } from 'node:tls';
import type { Duplex } from 'node:stream';
import { dial } from '../gateway';
import { type Access, readAccess } from './kubeconfig';

/** How to reach an API server: by an address, or through a lab's gateway. */
export interface Connection extends Access {
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

/** The way to the API server of a kubeconfig's context, directly or through a lab's gateway. */
export function readConnection(kubeconfig: string, gateway?: string, context?: string): Connection {
  const access = readAccess(kubeconfig, context);
  return { ...access, agent: agentFor(access.server, access.tls, gateway) };
}

/** Sends a request and reads the whole answer. */
export async function call(connection: Connection, { method, path, body, type }: Call): Promise<Answer> {
  const message = await open(connection, {
    method,
    path,
    ...(body !== undefined && { body }),
    ...(type !== undefined && { type }),
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
      path: `${server.pathname.replace(/\/$/, '')}${path}`,
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
