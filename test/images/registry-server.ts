import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a registry on loopback saw and holds. */
export interface TestRegistry {
  readonly host: string;
  readonly blobs: Map<string, Buffer>;
  readonly manifests: Map<string, Buffer>;
  /** `METHOD path` and who asked. */
  readonly requests: { readonly line: string; readonly authorization: string | undefined }[];
}

/** Answers instead of the registry where it returns true. */
export type Intercept = (
  request: IncomingMessage,
  response: ServerResponse,
  registry: TestRegistry,
) => boolean;

/** How the registry behaves beside what the distribution API asks for. */
export interface Behaviour {
  readonly intercept?: Intercept;
}

/** Call with a strict registry: it checks digests, and refuses manifests whose blobs it does not have. */
export async function withRegistry<T>(
  behaviour: Behaviour,
  use: (registry: TestRegistry) => Promise<T>,
): Promise<T> {
  const state = {
    blobs: new Map<string, Buffer>(),
    manifests: new Map<string, Buffer>(),
    requests: [],
    host: '',
  };
  const registry: TestRegistry & { host: string } = state;
  const server = createServer((request, response) => {
    registry.requests.push({
      line: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
    });
    if (!behaviour.intercept?.(request, response, registry)) void answer(request, response, registry);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  registry.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await use(registry);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  registry: TestRegistry,
): Promise<void> {
  const url = new URL(request.url ?? '', 'http://registry');
  const body = Buffer.concat((await request.toArray()) as Buffer[]);
  const [, name = '', kind = '', last = ''] =
    /^\/v2\/(.+?)\/(blobs|manifests)\/(.*)$/.exec(url.pathname) ?? [];
  const digest = url.searchParams.get('digest') ?? '';
  const operation = `${request.method} ${kind}`;
  if (operation === 'HEAD blobs') response.writeHead(registry.blobs.has(last) ? 200 : 404);
  else if (operation === 'POST blobs')
    response.writeHead(202, { location: `/v2/${name}/blobs/uploads/7?state=a%2Fb` });
  else if (operation === 'PUT blobs') response.writeHead(putBlob(registry, url, digest, body));
  else if (operation === 'PUT manifests')
    response.writeHead(putManifest(registry, `${name}:${last}`, request, body));
  else response.writeHead(404);
  response.end();
}

function putBlob({ blobs }: TestRegistry, url: URL, digest: string, body: Buffer): number {
  const right =
    `sha256:${createHash('sha256').update(body).digest('hex')}` === digest &&
    url.searchParams.get('state') === 'a/b';
  if (right) blobs.set(digest, body);
  return right ? 201 : 400;
}

function putManifest(
  { blobs, manifests }: TestRegistry,
  name: string,
  request: IncomingMessage,
  body: Buffer,
): number {
  const { mediaType, config, layers } = JSON.parse(body.toString()) as Manifest;
  const complete = [config, ...layers].every(({ digest, size }) => blobs.get(digest)?.length === size);
  if (!complete || mediaType !== request.headers['content-type']) return 400;
  manifests.set(name, body);
  return 201;
}

interface Manifest {
  readonly mediaType: string;
  readonly config: { readonly digest: string; readonly size: number };
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}
