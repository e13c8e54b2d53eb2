import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { chartsIn, helmIndex } from './charts';
import { isGit, serveGit } from './git';
import { serveRegistry, type RegistryStore } from './registry';

/** Where everything that a mirror serves lies. */
export interface Store extends RegistryStore {
  /** A folder of bare repositories. */
  readonly git: string;
}

/** Answers a request to any host: by its path one of a registry, of git, or of a Helm repository. */
export function answer(store: Store, request: IncomingMessage, response: ServerResponse): void {
  try {
    route(store, request, response);
  } catch (error) {
    response.writeHead(500).end(`${(error as Error).message}\n`);
  }
}

function route(store: Store, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'https://mirror');
  if (pathname.startsWith('/v2/')) return serveRegistry(store, request, response);
  if (isGit(pathname)) return serveGit(store.git, request, response);
  if (pathname.endsWith('/index.yaml')) return sendIndex(store, request, response);
  return sendChart(store, pathname, response);
}

function sendIndex(store: Store, request: IncomingMessage, response: ServerResponse): void {
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const base = `${scheme}://${String(request.headers.host)}`;
  response.writeHead(200, { 'content-type': 'text/yaml' }).end(helmIndex(chartsIn(store.charts), base));
}

function sendChart(store: Store, path: string, response: ServerResponse): void {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const chart = chartsIn(store.charts).find(({ name, version }) => `${name}-${version}.tgz` === file);
  if (!chart) return void response.writeHead(404).end(`the lab's mirror has no ${path}\n`);
  response.writeHead(200, { 'content-type': 'application/gzip' });
  createReadStream(chart.file).pipe(response);
}
