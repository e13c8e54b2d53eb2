import { digestOf } from '../images/digest';
import { destination, type Piece, pushArtifact, type Pushed } from '../images/push';
import type { Reference } from '../images/reference';
import type { RegistryOptions } from '../images/registry';
import type { ChartFolder } from './chart';
import { packageChart } from './package';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.cncf.helm.config.v1+json';
const contentType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/** Pushes a chart as `helm push` does, so that Helm and Flux take it from `oci://…`. */
export async function pushChart(
  chart: ChartFolder,
  registry: string,
  options: RegistryOptions = {},
): Promise<Pushed> {
  const config = piece(configType, Buffer.from(JSON.stringify(chart.metadata)));
  const content = piece(contentType, (await packageChart(chart)).bytes);
  const manifest = piece(manifestType, Buffer.from(JSON.stringify(manifestOf(chart, config, content))));
  return pushArtifact({ manifest, blobs: [config, content] }, chartDestination(chart, registry), options);
}

/**
 * Charts lie in a folder beside the images: a program's image and its chart have the same name and tag. A tag cannot
 * hold the plus of a version.
 */
export function chartDestination(chart: Pick<ChartFolder, 'name' | 'version'>, registry: string): Reference {
  const place = registry.replace(/^[a-z]+:\/\//, '').replace(/\/+$/, '');
  const reference = `ghcr.io/fluxwright/charts/${chart.name}:${chart.version.replace('+', '_')}`;
  return destination(reference, place.includes('/') ? `${place}/charts` : place);
}

interface Held extends Piece {
  readonly size: number;
}

function piece(mediaType: string, bytes: Buffer<ArrayBuffer>): Held {
  return { mediaType, digest: digestOf(bytes), size: bytes.length, read: async () => bytes };
}

function manifestOf({ name, version, metadata }: ChartFolder, config: Held, content: Held): object {
  const { description } = metadata;
  return {
    schemaVersion: 2,
    mediaType: manifestType,
    config: descriptor(config),
    layers: [descriptor(content)],
    annotations: {
      'org.opencontainers.image.title': name,
      'org.opencontainers.image.version': version,
      ...(typeof description === 'string' && { 'org.opencontainers.image.description': description }),
    },
  };
}

function descriptor({ mediaType, digest, size }: Held): object {
  return { mediaType, digest, size };
}
