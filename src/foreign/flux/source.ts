import { existsSync, readdirSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { kindOf, identityOf, type JsonObject, listIn, textIn } from '../../estate';
import type { Resource } from '../kustomize/resource';

/** Which sources are this repository. */
export interface Sources {
  readonly root: string;
  /** As `kind/name`. */
  readonly own: ReadonlySet<string>;
  /** Whether nothing here leads to what is read: whatever does may bring variables with it. */
  readonly isUnused?: true;
}

/** Where a Kustomization's folder is: here, nowhere (a mistake), or in something that is not here. */
export type FolderOfUnit = { readonly folder: string } | { readonly missing: string } | 'elsewhere';

/** Find the folder that a Kustomization applies. */
export function folderOfUnit(
  spec: JsonObject,
  { root, own }: Sources,
  resources: readonly Resource[],
): FolderOfUnit {
  const path = normalize(textIn(spec, 'path') ?? './');
  const [kind = '', name = ''] = ['kind', 'name'].map((field) => textIn(spec, 'sourceRef', field));
  if (kind === 'ExternalArtifact') return artifactFolder(name, path, { root, own }, resources);
  const folder = join(root, path);
  // Every repository has a root: that it exists says nothing.
  if (!existsSync(folder) && kind !== 'GitRepository') return pushedFolder(path, root);
  const isHere = existsSync(folder) && normalize(`${folder}/`) !== normalize(`${root}/`);
  if (isHere || (existsSync(folder) && own.has(`${kind}/${name}`))) return { folder };
  return own.has(`${kind}/${name}`) ? { missing: path } : 'elsewhere';
}

/** A folder of an artifact that is pushed from one folder of the repository, if there is just one that has it. */
function pushedFolder(path: string, root: string): FolderOfUnit {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(root, name, path))
    .filter((folder) => existsSync(folder));
  const [folder, ...others] = folders;
  return folder === undefined || others.length > 0 ? 'elsewhere' : { folder };
}

/** An artifact that Flux puts together from parts of the repository. */
function artifactFolder(
  name: string,
  path: string,
  { root, own }: Sources,
  resources: readonly Resource[],
): FolderOfUnit {
  const generators = resources.filter(
    ({ body }) => kindOf(identityOf(body)) === 'source.extensions.fluxcd.io/ArtifactGenerator',
  );
  const copies = generators
    .flatMap(({ body }) => listIn(body, 'spec', 'artifacts'))
    .filter((artifact) => textIn(artifact, 'name') === name)
    .flatMap((artifact) => listIn(artifact, 'copy'));
  for (const copy of copies) {
    const to = normalize((textIn(copy, 'to') ?? '').replace(/^@artifact\/?/, './'));
    const from = (textIn(copy, 'from') ?? '').replace(/^@[^/]+\/?/, './').replace(/\/?\*\*$/, '');
    const rest =
      to === './' ? path : path.startsWith(to.replace(/\/$/, '')) ? path.slice(to.length) : undefined;
    if (rest === undefined) continue;
    const folder = join(root, from, rest);
    if (existsSync(folder)) return { folder };
  }
  const sources = generators.flatMap(({ body }) => listIn(body, 'spec', 'sources'));
  const isOwn = sources.every((source) => own.has(`${textIn(source, 'kind')}/${textIn(source, 'name')}`));
  return copies.length > 0 && isOwn ? { missing: path } : 'elsewhere';
}
