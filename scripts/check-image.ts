import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltImage, buildImage, examineImage, ImageError, type ImageDefinition } from '../src/images';

/** Proves what docs/images.md promises of a program's image. @throws {ImageError} where one of them does not hold. */
export async function checkImage(image: BuiltImage, definition: ImageDefinition): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-image-'));
  try {
    const problems = [
      ...(await examineImage(image, definition)),
      ...(await differences(image, definition, join(folder, 'cache'))),
      ...startProblems(image, definition, join(folder, 'root')),
    ];
    if (problems.length > 0) throw new ImageError(`${image.reference}: ${problems.join('; ')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function differences(image: BuiltImage, definition: ImageDefinition, cache: string): Promise<string[]> {
  const again = await buildImage(definition, cache);
  return again.digest === image.digest ? [] : [`built again it is ${again.digest}, not ${image.digest}`];
}

/** Starts the program in the image's files alone, which it cannot change, as the user that the image names. */
function startProblems(image: BuiltImage, { config }: ImageDefinition, root: string): string[] {
  if (process.getuid?.() !== 0) return [];
  execFileSync('mkdir', [root]);
  for (const { file } of image.layers)
    execFileSync('tar', ['--extract', '--gzip', '--file', file, '--directory', root]);
  const { user, entrypoint = [] } = config;
  const mounted =
    'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec chroot --userspec="$1" "$0" "${@:2}"';
  const program = [...entrypoint, ...(entrypoint[0] === 'consul-template' ? ['-version'] : [])];
  const command = ['--mount', 'bash', '-c', mounted, root, `${user.uid}:${user.gid}`, ...program];
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const { stdout, stderr } = spawnSync('env', ['-i', path, 'unshare', ...command], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  const said = `${stdout}${stderr}`;
  // Without settings a program names those that it misses.
  return /The environment is not complete|NATS Server URL is required|consul-template v|^\{"level"/.test(said)
    ? []
    : [`it does not start: ${said.slice(-500)}`];
}
