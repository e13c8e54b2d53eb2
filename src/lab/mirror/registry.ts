import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { chartArtifact, chartsIn, tagOf } from './charts';
import { blobFile, findManifest, putArtifact, tagsOf } from './layout';

/** Where images and charts lie. */
export interface RegistryStore {
  /** An OCI layout with images and artifacts. */
  readonly layout: string;
  /** Folders with packaged charts, the first wins. */
  readonly charts: readonly string[];
}

/** Answers the reading half of the OCI distribution API, for any host and any repository. */
export function serveRegistry(
  store: RegistryStore,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'https://mirror');
  const host = url.searchParams.get('ns') ?? request.headers.host ?? '';
  const [, repository = '', what = '', reference = ''] =
    /^\/v2\/(.+?)\/(manifests|blobs|tags)\/([^/]+)$/.exec(url.pathname) ?? [];
  const isHead = request.method === 'HEAD';
  if (what === 'manifests') return sendManifest(store, response, { host, repository, reference, isHead });
  if (what === 'blobs')
    return sendBlob(store.layout, reference, 'application/octet-stream', response, isHead);
  if (what === 'tags') return sendTags(store, repository, response);
  response
    .writeHead(url.pathname === '/v2/' ? 200 : 404, { 'docker-distribution-api-version': 'registry/2.0' })
    .end('{}');
}

interface Wanted {
  readonly host: string;
  readonly repository: string;
  readonly reference: string;
  readonly isHead: boolean;
}

function sendManifest(store: RegistryStore, response: ServerResponse, wanted: Wanted): void {
  const { host, repository, reference, isHead } = wanted;
  const digest = reference.startsWith('sha256:')
    ? reference
    : manifestDigest(store, host, repository, reference);
  const file = digest && blobFile(store.layout, digest);
  if (!digest || !file) return notFound(response, `manifest ${host}/${repository}:${reference}`);
  const { mediaType } = JSON.parse(readFileSync(file, 'utf8')) as { mediaType?: string };
  sendBlob(store.layout, digest, mediaType ?? 'application/vnd.oci.image.manifest.v1+json', response, isHead);
}

/** A chart becomes an artifact when somebody asks for it. */
function manifestDigest(
  store: RegistryStore,
  host: string,
  repository: string,
  tag: string,
): string | undefined {
  const chart = chartsIn(store.charts).find(
    ({ name, version }) => name === basename(repository) && tagOf(version) === tag,
  );
  if (chart) return putArtifact(store.layout, `charts/${chart.name}:${tag}`, chartArtifact(chart)).digest;
  return findManifest(store.layout, host, repository, tag)?.digest;
}

function sendBlob(
  layout: string,
  digest: string,
  type: string,
  response: ServerResponse,
  isHead: boolean,
): void {
  const file = blobFile(layout, digest);
  if (!file) return notFound(response, `blob ${digest}`);
  response.writeHead(200, {
    'content-type': type,
    'content-length': statSync(file).size,
    'docker-content-digest': digest,
  });
  if (isHead) response.end();
  else createReadStream(file).pipe(response);
}

function sendTags(store: RegistryStore, repository: string, response: ServerResponse): void {
  const charts = chartsIn(store.charts).filter(({ name }) => name === basename(repository));
  const tags = [...charts.map(({ version }) => tagOf(version)), ...tagsOf(store.layout, repository)];
  const body = JSON.stringify({ name: repository, tags });
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

function notFound(response: ServerResponse, what: string): void {
  const message = `the lab's mirror has no ${what}`;
  const body = JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message }] });
  response.writeHead(404, { 'content-type': 'application/json' }).end(body);
}
