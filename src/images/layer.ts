import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { digestOf } from './digest';
import { arrange } from './entries';
import { cacheFolder } from './folders';
import { prepare } from './sources';
import { tar } from './tar';
import type { Entry, Layer, LayerSource } from './types';
import { withWork, writeWhole } from './work';

/** The media type of a layer: a tar, compressed by gzip. */
export const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip';

/**
 * The layer of a source, from the cache where the same input was packed before. What counts as input is said by
 * each source: contents for what lies on this machine, coordinates for what a registry never changes.
 */
export async function buildLayer(source: LayerSource, cache: string): Promise<Layer> {
  const prepared = await prepare(source, cache);
  const key = digestOf(JSON.stringify(['layer 1', source.kind, prepared.inputs])).slice('sha256:'.length);
  const note = join(await cacheFolder(cache, 'layers'), `${key}.json`);
  const known = await cached(note, cache);
  if (known) return known;
  return withWork(cache, 'layer', async (work) => {
    const layer = await writeLayer(await prepared.entries(work), cache, work);
    await writeWhole(note, JSON.stringify(layer), work);
    return layer;
  });
}

/** Write entries as a compressed layer into the cache's blobs, by way of the work folder. */
export async function writeLayer(entries: readonly Entry[], cache: string, work: string): Promise<Layer> {
  const inside = measure();
  const outside = measure();
  const temporary = join(work, 'layer.tar.gz');
  await pipeline(
    Readable.from(tar(arrange(entries))),
    inside.pass,
    createGzip(),
    outside.pass,
    createWriteStream(temporary),
  );
  const { digest, size } = outside.result();
  const file = await blobFile(cache, digest);
  await rename(temporary, file);
  return {
    mediaType: layerType,
    digest,
    size,
    file,
    diffId: inside.result().digest,
    unpackedSize: inside.result().size,
  };
}

/** Where a blob lies in the cache. */
export async function blobFile(cache: string, digest: string): Promise<string> {
  return join(await cacheFolder(cache, 'blobs', 'sha256'), digest.slice('sha256:'.length));
}

async function cached(note: string, cache: string): Promise<Layer | undefined> {
  const text = await readFile(note, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const layer = JSON.parse(text) as Layer;
  const file = await blobFile(cache, layer.digest);
  const found = await stat(file).catch(() => undefined);
  return found?.size === layer.size ? { ...layer, file } : undefined;
}

function measure() {
  const hash = createHash('sha256');
  let size = 0;
  async function* pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  return { pass, result: once(() => ({ digest: `sha256:${hash.digest('hex')}`, size })) };
}

function once<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}
