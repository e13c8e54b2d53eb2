import { createWriteStream } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { arrange, file } from './entries';
import { cacheFolder } from './folders';
import { canonicalReference, parseReference } from './reference';
import { tar } from './tar';
import type { Blob, BuiltImage, Entry } from './types';
import { withWork, writeWhole } from './work';

/**
 * Write the image as one tar that is both an OCI layout and what `docker save` writes, and return its path. One
 * archive is kept for each name; it is written again only when the image changed.
 */
export async function writeArchive(image: Omit<BuiltImage, 'archive'>, cache: string): Promise<string> {
  const folder = await cacheFolder(cache, 'archives');
  const archive = join(folder, `${canonicalReference(image.reference).replaceAll(/[^\w.-]/g, '_')}.tar`);
  if (await isCurrent(archive, image.digest)) return archive;
  await withWork(cache, 'archive', async (work) => {
    const output = createWriteStream(join(work, 'archive'));
    await pipeline(Readable.from(tar(arrange(archiveEntries(image)))), output);
    await rename(join(work, 'archive'), archive);
    await writeWhole(`${archive}.digest`, image.digest, work);
  });
  return archive;
}

async function isCurrent(archive: string, digest: string): Promise<boolean> {
  const noted = await readFile(`${archive}.digest`, 'utf8').catch(() => undefined);
  return noted === digest && (await stat(archive).catch(() => undefined)) !== undefined;
}

/** The files of the archive. */
export function archiveEntries(image: Omit<BuiltImage, 'archive'>): readonly Entry[] {
  return [
    file('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' })),
    file('index.json', JSON.stringify(index(image))),
    file('manifest.json', JSON.stringify([dockerManifest(image)])),
    ...[image.manifest, image.config, ...image.layers].map(blobEntry),
  ];
}

function index({ manifest, reference }: Pick<BuiltImage, 'manifest' | 'reference'>): object {
  const annotations = {
    'io.containerd.image.name': canonicalReference(reference),
    'org.opencontainers.image.ref.name': parseReference(reference).tag,
  };
  const { mediaType, digest, size } = manifest;
  return {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ mediaType, digest, size, annotations }],
  };
}

function dockerManifest({ reference, config, layers }: Omit<BuiltImage, 'archive'>): object {
  return {
    Config: blobPath(config),
    RepoTags: [canonicalReference(reference)],
    Layers: layers.map(blobPath),
  };
}

function blobEntry(blob: Blob): Entry {
  const content = { file: blob.file, size: blob.size };
  return { type: 'file', path: blobPath(blob), mode: 0o644, uid: 0, gid: 0, content };
}

function blobPath({ digest }: Pick<Blob, 'digest'>): string {
  return `blobs/${digest.replace(':', '/')}`;
}
