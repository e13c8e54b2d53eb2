import { writeArchive } from './archive';
import { ociConfig } from './config';
import { digestOf } from './digest';
import { ImageError } from './errors';
import { defaultCache } from './folders';
import { blobFile, buildLayer } from './layer';
import { parseReference } from './reference';
import { rootFilesystem } from './root-filesystem';
import type { Blob, BuiltImage, ImageDefinition, Layer } from './types';
import { withWork, writeWhole } from './work';

/** The media type of a manifest. */
export const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** The media type of an image's configuration. */
export const configType = 'application/vnd.oci.image.config.v1+json';

/**
 * Build an image without a container engine. The same definition on the same input gives the same digest; what
 * did not change comes from the cache.
 *
 * @example
 * const image = await buildImage(imageFor('zookeeper:3.9.5')!);
 * execFileSync('ctr', importArguments('/run/containerd/containerd.sock', image));
 */
export async function buildImage(
  definition: ImageDefinition,
  cache: string = defaultCache(),
): Promise<BuiltImage> {
  if (process.platform !== 'linux')
    throw new ImageError('images are put together from programs of Linux: build them on Linux');
  parseReference(definition.reference);
  const layers: Layer[] = [];
  for (const source of [...definition.layers, rootFilesystem(definition.config)])
    layers.push(await buildLayer(source, cache));
  const config = await writeBlob(configType, ociConfig(definition, layers), cache);
  const manifest = await writeBlob(manifestType, ociManifest(config, layers), cache);
  const image = { reference: definition.reference, digest: manifest.digest, manifest, config, layers };
  return { ...image, archive: await writeArchive(image, cache) };
}

function ociManifest(config: Blob, layers: readonly Layer[]): object {
  return {
    schemaVersion: 2,
    mediaType: manifestType,
    config: descriptor(config),
    layers: layers.map(descriptor),
  };
}

function descriptor({ mediaType, digest, size }: Blob): object {
  return { mediaType, digest, size };
}

async function writeBlob(mediaType: string, value: object, cache: string): Promise<Blob> {
  const content = Buffer.from(JSON.stringify(value));
  const digest = digestOf(content);
  const file = await blobFile(cache, digest);
  await withWork(cache, 'blob', (work) => writeWhole(file, content, work));
  return { mediaType, digest, size: content.length, file };
}
