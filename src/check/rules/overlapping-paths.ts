import { describe, type EstateObject, textIn, valueIn } from '../../estate';
import type { Rule, Violation } from '../rule';

export const overlappingPaths: Rule = {
  id: 'overlapping-paths',
  title: 'No two Kustomizations apply the same folder.',
  severity: 'error',
  why: 'Both apply the same objects and overwrite each other; when one is removed, it deletes what the other still wants. A folder inside the other one’s is applied by both, unless a kustomization.yaml there leaves it out.',
  bad: `spec: { path: ./apps }
---
spec: { path: ./apps/shop }`,
  good: `spec: { path: ./apps/blog }
---
spec: { path: ./apps/shop }`,
  *check(scope) {
    const folders = new Map<string, EstateObject>();
    const all = scope.of('kustomize.toolkit.fluxcd.io/Kustomization');
    for (const object of all) {
      const folder = folderOf(object);
      const other = folders.get(folder);
      if (other && other.id !== object.id) yield sameFolder(object, other);
      else folders.set(folder, object);
    }
    for (const object of all) yield* folderAbove(object, folders);
  },
};

function sameFolder(object: EstateObject, other: EstateObject): Violation {
  const message = `${describe(other)} applies the same folder, ${textIn(object.body, 'spec', 'path') ?? './'}`;
  return {
    object,
    path: 'spec.path',
    message,
    fix: 'remove one of the two, or give each a folder of its own',
  };
}

function* folderAbove(object: EstateObject, folders: ReadonlyMap<string, EstateObject>): Iterable<Violation> {
  let folder = folderOf(object);
  for (let slash = folder.lastIndexOf('/'); slash > 0; slash = folder.lastIndexOf('/')) {
    folder = folder.slice(0, slash);
    const other = folders.get(folder);
    if (!other || isRoot(other)) continue;
    const message = `${describe(other)} applies ${textIn(other.body, 'spec', 'path') ?? './'}, and so everything in this folder as well`;
    const fix = 'put the folders side by side, or leave this one out in a kustomization.yaml there';
    yield { object, path: 'spec.path', message, fix, severity: 'warning' };
  }
}

/** What tells applications of one folder apart: where it is from, and where it goes. */
function folderOf({ body, namespace }: EstateObject): string {
  const source = ['kind', 'namespace', 'name'].map(
    (field) => textIn(body, 'spec', 'sourceRef', field) ?? (field === 'namespace' ? namespace : ''),
  );
  const apart = ['targetNamespace', 'namePrefix', 'nameSuffix', 'postBuild', 'patches', 'kubeConfig'].map(
    (field) => valueIn(body, 'spec', field) ?? null,
  );
  return `${JSON.stringify([source, apart])}${normal(textIn(body, 'spec', 'path') ?? './')}`;
}

/** A slash before each part; nothing for the root of the source. */
function normal(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.map((part) => `/${part}`).join('');
}

/** The Kustomization that the bootstrap makes lists its files in a kustomization.yaml. */
function isRoot({ name, namespace }: EstateObject): boolean {
  return name === 'flux-system' && namespace === 'flux-system';
}
