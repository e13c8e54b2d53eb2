/**
 * Builds the images of our programs, or those named, and pushes them where asked.
 *
 *   npm run images                                        every program in services/
 *   npm run images -- api zookeeper:3.9.5                 these
 *   npm run images -- --push ghcr.io/somebody api         and push
 *   npm run images -- --check                             build twice and compare, look inside, start read-only
 *   npm run images -- --archives out api                  and write out/api.tar, for `kind load image-archive`
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { program } from 'commander';
import {
  type BuiltImage,
  buildImage,
  ImageError,
  imageFor,
  programImage,
  programs,
  pushImage,
  type ImageDefinition,
} from '../src/images';
import { checkImage } from './check-image';

interface Options {
  readonly push?: string;
  readonly insecure?: boolean;
  readonly archives?: string;
  readonly check?: boolean;
}

program
  .name('npm run images --')
  .argument('[names...]', 'programs of services/, or names of images as manifests use them', programs())
  .option('--push <registry>', 'push to this registry, which may be followed by a path: ghcr.io/somebody')
  .option('--insecure', 'speak plain HTTP with a registry that is not on this machine')
  .option(
    '--check',
    'prove that it is small, reproducible, without a shell, and starts with a read-only root',
  )
  .option('--archives <folder>', 'write a tar of each, as container engines read it')
  .action(main)
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof ImageError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  });

async function main(names: readonly string[], options: Options): Promise<void> {
  for (const definition of names.map(definitionOf)) {
    const start = Date.now();
    const image = await buildImage(definition);
    console.log(`${image.reference}  ${image.digest}  ${sizes(image)}, ${seconds(start)}`);
    if (options.check) await check(image, definition);
    if (options.archives !== undefined) keep(image, options.archives);
    if (options.push !== undefined) await push(image, options.push, options.insecure ?? false);
  }
}

async function check(image: BuiltImage, definition: ImageDefinition): Promise<void> {
  await checkImage(image, definition);
  console.log(
    '  checked: small, no shell, not root, the same when built again, starts with a read-only root',
  );
}

function keep(image: BuiltImage, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const name = image.reference.replace(/^.*\//, '').replace(/:.*$/, '');
  copyFileSync(image.archive, join(folder, `${name}.tar`));
}

function definitionOf(name: string) {
  if (programs().includes(name)) return programImage(name);
  const definition = imageFor(name);
  if (!definition)
    throw new ImageError(
      `there is no image ${name}: name one of ${programs().join(', ')}, or one that docs/images.md lists`,
    );
  return definition;
}

async function push(image: BuiltImage, registry: string, insecure: boolean): Promise<void> {
  const start = Date.now();
  const { reference, uploaded } = await pushImage(image, registry, { insecure });
  console.log(
    `  pushed ${reference}: ${uploaded} of ${image.layers.length + 1} blobs were new, ${seconds(start)}`,
  );
}

function sizes({ layers }: BuiltImage): string {
  const packed = layers.reduce((sum, { size }) => sum + size, 0);
  const unpacked = layers.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0);
  return `${megabytes(packed)} packed, ${megabytes(unpacked)} unpacked`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function seconds(start: number): string {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}
