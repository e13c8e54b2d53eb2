import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { issue } from '../certificate';
import { readAuthority } from '../credentials';
import { chartsIn, helmIndex } from '../mirror/charts';
import { isGit, serveGit } from '../mirror/git';
import { serveRegistry, type Store } from '../mirror/registry';

/** The whole outside world, as far as the lab needs it: git, Helm repositories and OCI registries under every name. */
function main(folder: string, address: string): void {
  const store = {
    layout: join(folder, 'oci'),
    charts: [join(folder, 'charts'), join(folder, 'stand-in-charts')],
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    response.on('finish', () => log(request, response));
    try {
      route(store, join(folder, 'git'), request, response);
    } catch (error) {
      response.writeHead(500).end(`${(error as Error).message}\n`);
    }
  };
  const contexts = new Certificates(folder);
  const SNICallback = (name: string, done: (error: null, context: SecureContext) => void): void =>
    done(null, contexts.of(name));
  createServer({ ...contexts.credential(address), SNICallback }, answer).listen(443, address);
  createPlain(answer).listen(80, address);
}

/** A certificate for each name, made when somebody asks for it. */
class Certificates {
  private readonly known = new Map<string, SecureContext>();

  constructor(private readonly folder: string) {}

  of(name: string): SecureContext {
    const context = this.known.get(name) ?? createSecureContext(this.credential(name));
    this.known.set(name, context);
    return context;
  }

  credential(name: string): { cert: string; key: string } {
    const { certificate, key } = issue(readAuthority(this.folder), { commonName: 'mirror', hosts: [name] });
    return { cert: certificate, key };
  }
}

function route(store: Store, repositories: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'https://mirror');
  if (pathname.startsWith('/v2/')) return serveRegistry(store, request, response);
  if (isGit(pathname)) return serveGit(repositories, request, response);
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

function log(request: IncomingMessage, response: ServerResponse): void {
  const where = `${String(request.headers.host)}${request.url ?? ''}`;
  process.stdout.write(
    `${new Date().toISOString()} ${response.statusCode} ${request.method ?? ''} ${where}\n`,
  );
}

main(process.argv[2] ?? '', process.argv[3] ?? '');
