import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { issue } from '../certificate';
import { readAuthority } from '../credentials';
import { answer } from '../mirror/server';

/** The whole outside world, as far as the lab needs it: git, Helm repositories and OCI registries under every name. */
function main(folder: string, address: string): void {
  const charts = [join(folder, 'charts'), join(folder, 'stand-in-charts')];
  const store = { layout: join(folder, 'oci'), charts, git: join(folder, 'git') };
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    response.on('finish', () => log(request, response));
    answer(store, request, response);
  };
  const contexts = new Certificates(folder);
  const SNICallback = (name: string, done: (error: null, context: SecureContext) => void): void =>
    done(null, contexts.of(name));
  createServer({ ...contexts.credential(address), SNICallback }, serve).listen(443, address);
  createPlain(serve).listen(80, address);
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

function log(request: IncomingMessage, response: ServerResponse): void {
  const where = `${String(request.headers.host)}${request.url ?? ''}`;
  process.stdout.write(
    `${new Date().toISOString()} ${response.statusCode} ${request.method ?? ''} ${where}\n`,
  );
}

main(process.argv[2] ?? '', process.argv[3] ?? '');
