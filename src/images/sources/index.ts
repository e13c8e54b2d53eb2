import type { LayerSource } from '../types';
import { busybox } from './busybox';
import { debian } from './debian';
import { files } from './files';
import { folder } from './folder';
import { go, goFile } from './go';
import { java } from './java';
import { maven } from './maven';
import { npm } from './npm';
import type { PreparedSource } from './prepared';
import { program } from './program';

type SourceOf<Kind> = Extract<LayerSource, { readonly kind: Kind }>;

const sources: {
  readonly [Kind in LayerSource['kind']]: (source: SourceOf<Kind>, cache: string) => Promise<PreparedSource>;
} = { busybox, debian, files, folder, go, 'go-file': goFile, java, maven, npm, program };

/** Find out what a source's input is, and how to get at its files. */
export function prepare(source: LayerSource, cache: string): Promise<PreparedSource> {
  return sources[source.kind](source as never, cache);
}
