import { basename, join, relative } from 'node:path';
import {
  archiveOf,
  inTheWay,
  isCheckout,
  ownPackage,
  packageName,
  packInto,
  projectFiles,
  writeNew,
} from '../init';
import { printJson } from './output';
import { UsageError } from './usage-error';

/** Make a new repository. */
export function runInit(folder: string, { json }: { readonly json?: true }): void {
  const { version, versions } = ownPackage();
  const archive = archiveOf();
  const vendored = archive === undefined ? isCheckout() && `fluxwright-${version}.tgz` : basename(archive);
  const fluxwright = vendored === false ? `^${version}` : `file:vendor/${vendored}`;
  const files = projectFiles({ name: packageName(folder), fluxwright, versions });
  const there = inTheWay(folder, files);
  if (there.length > 0)
    throw new UsageError(
      `${relative('', folder) || 'this folder'} has ${there.join(', ')} already: nothing was written. Name a new folder`,
    );
  // The registry does not have what a checkout or an archive holds: the new repository brings it along.
  if (vendored !== false) {
    if (archive === undefined) process.stderr.write('packing this checkout of fluxwright…\n');
    packInto(join(folder, 'vendor'), archive);
  }
  writeNew(folder, files);
  if (json) printJson({ folder, files: [...files.keys()] });
  else process.stdout.write(nextSteps(folder, [...files.keys()]));
}

function nextSteps(folder: string, files: readonly string[]): string {
  const go = relative('', folder) === '' ? '' : `cd ${relative('', folder)} && `;
  return `${files.map((file) => `  ${join(folder, file)}\n`).join('')}
Next:
  ${go}git init && npm install
  npm run synth && npm test\n`;
}
