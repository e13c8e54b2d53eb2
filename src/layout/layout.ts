import { type ClusterEstate, type EstateObject, type FileTree, recall, type Unit } from '../estate';
import { toYaml } from '../yaml';
import { KUSTOMIZATION, entryOf, folderOf } from './path';

/**
 * The files of one cluster: for each unit a folder with one object a file, and a `kustomization.yaml` that
 * lists them.
 */
export function layout(
  cluster: Pick<ClusterEstate, 'units'> & { readonly info: { readonly name: string } },
): FileTree {
  const tree = new Map<string, string>();
  for (const unit of cluster.units) layUnit(tree, folderOf(cluster.info.name, unit.name), unit);
  return tree;
}

function layUnit(tree: Map<string, string>, folder: string, unit: Unit): void {
  const entries = unit.objects.map((object) => {
    const entry = entryOf(object);
    tree.set(`${folder}/${entry}`, recall(object, textOf));
    return entry;
  });
  tree.set(`${folder}/${KUSTOMIZATION}`, kustomization(entries.sort()));
}

function textOf(object: EstateObject): string {
  return object.verbatim ?? toYaml(object.body);
}

function kustomization(resources: readonly string[]): string {
  return toYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
}
