import { describe, type EstateObject, textIn, valueIn } from '../../estate';
import type { Rule, Violation } from '../rule';

export const overlappingPaths: Rule = {
  id: 'overlapping-paths',
  title: 'No two Kustomizations apply the same folder.',
  severity: 'error',
  why: "Both apply the same objects and overwrite each other; when one is removed, it deletes what the other still wants. A folder inside the other one's is applied by both, unless a kustomization.yaml there leaves it out.",
  bad: `spec: { path: ./apps }
---
spec: { path: ./apps/shop }`,
  good: `spec: { path: ./apps/blog }
---
spec: { path: ./apps/shop }`,
  *check({ of }) {
    const folders = new Map<string, EstateObject>();
    const places = of('kustomize.toolkit.fluxcd.io/Kustomization').map(placeOf);
    for (const { object, key, folder } of places) {
      const other = folders.get(folder + key);
      if (other && other.id !== object.id) yield sameFolder(object, other);
      else folders.set(folder + key, object);
    }
    for (const place of places) yield* folderAbove(place, folders);
  },
};

interface Place {
  readonly object: EstateObject;
  /** A slash before each part; nothing for the root of the source. */
  readonly folder: string;
  /** What tells applications of one folder apart: where it is from, and where it goes. */
  readonly key: string;
}

function placeOf(object: EstateObject): Place {
  const { body, namespace } = object;
  const parts = (textIn(body, 'spec', 'path') ?? '').split('/').filter((part) => part !== '' && part !== '.');
  const [kind, name, from = namespace] = ['kind', 'name', 'namespace'].map((field) =>
    textIn(body, 'spec', 'sourceRef', field),
  );
  const apart = goesTo.map((field) => valueIn(body, 'spec', field)).filter((value) => value !== undefined);
  const key = ` ${kind} ${from}/${name}${apart.length === 0 ? '' : JSON.stringify(apart)}`;
  return { object, folder: parts.map((part) => `/${part}`).join(''), key };
}

const goesTo = ['targetNamespace', 'namePrefix', 'nameSuffix', 'postBuild', 'patches', 'kubeConfig'];

function sameFolder(object: EstateObject, other: EstateObject): Violation {
  const message = `${describe(other)} applies the same folder, ${textIn(object.body, 'spec', 'path') ?? './'}`;
  return {
    object,
    path: 'spec.path',
    message,
    fix: 'remove one of the two, or give each a folder of its own',
  };
}

function* folderAbove(
  { object, folder, key }: Place,
  folders: ReadonlyMap<string, EstateObject>,
): Iterable<Violation> {
  for (let end = folder.lastIndexOf('/'); end >= 0; end = folder.lastIndexOf('/', end - 1)) {
    const other = folders.get(folder.slice(0, end) + key);
    if (other && !isRoot(other)) {
      const message = `${describe(other)} applies ${textIn(other.body, 'spec', 'path') ?? './'}, and so everything in this folder as well`;
      const fix = 'put the folders side by side, or leave this one out in a kustomization.yaml there';
      yield { object, path: 'spec.path', message, fix, severity: 'warning' };
    }
    if (end === 0) return;
  }
}

/** The Kustomization that the bootstrap makes lists its files in a kustomization.yaml. */
function isRoot({ name, namespace }: EstateObject): boolean {
  return name === 'flux-system' && namespace === 'flux-system';
}
