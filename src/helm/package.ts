import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { digestOf } from '../images/digest';
import { arrange, file } from '../images/entries';
import { tar } from '../images/tar';
import type { ChartFolder } from './chart';

/** A chart as Helm installs and keeps it. */
export interface ChartPackage {
  /** `ratings-producer-0.1.0.tgz`. */
  readonly file: string;
  readonly digest: string;
  readonly bytes: Buffer<ArrayBuffer>;
}

/** Packs a chart: the same files give the same bytes, whenever and wherever they are packed. */
export async function packageChart({ name, version, files }: ChartFolder): Promise<ChartPackage> {
  const entries = arrange([...files].map(([path, text]) => file(`${name}/${path}`, text)));
  const bytes = await buffer(Readable.from(tar(entries)).pipe(createGzip()));
  return { file: `${name}-${version}.tgz`, digest: digestOf(bytes), bytes };
}
