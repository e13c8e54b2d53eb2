import { run } from './run';
import type { BuiltImage, ImageDefinition } from './types';

const mostMegabytes = 130;
const shells = new Set(['ash', 'bash', 'busybox', 'dash', 'ksh', 'sh', 'zsh']);

/**
 * What keeps an image from being one of our programs': it is too large, it runs as root, or somebody who breaks in finds a shell, or a
 * program that makes him root.
 */
export async function examineImage(
  image: Pick<BuiltImage, 'layers'>,
  { config }: ImageDefinition,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const megabytes = image.layers.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0) / 1e6;
  if (megabytes >= mostMegabytes) problems.push(`${megabytes.toFixed(0)} MB are more than ${mostMegabytes}`);
  if (config.user.uid === 0) problems.push('it runs as root');
  for (const { file } of image.layers) {
    const lines = (await run('tar', ['--list', '--verbose', '--gzip', '--file', file])).split('\n');
    problems.push(...lines.flatMap(problemOf));
  }
  return problems;
}

/** `-rwxr-xr-x 0/0 1234 1980-01-01 00:00 usr/bin/cat`, or `lrwxrwxrwx … bin -> usr/bin`. */
function problemOf(line: string): string[] {
  const [, mode = '', path = ''] = /^(\S+)(?:\s+\S+){4}\s+(.*?)(?: -> .*)?$/.exec(line) ?? [];
  if (/^-..[sS]|^-.{5}[sS]/.test(mode)) return [`/${path} gives the rights of its owner`];
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^[-l]/.test(mode) && shells.has(name) ? [`/${path} is a shell`] : [];
}
