import { objectId } from '../../src/estate';
import type { EstateObject, FileTree } from '../../src/estate';
import { layout } from '../../src/layout';

/** A tree of ConfigMaps: `{'<cluster>/<unit>': [names]}`. */
export function treeOf(units: { readonly [unit: string]: readonly string[] }, text = 'text\n'): FileTree {
  const trees = Object.entries(units).map(([path, names]) => {
    const [cluster = '', name = ''] = path.split('/');
    const objects = names.map((name) => configMap(name, text));
    return layout({
      info: { name: cluster },
      units: [{ name, chart: name, objects, prune: true, dependsOn: [], healthChecks: [] }],
    });
  });
  return new Map(trees.flatMap((tree) => [...tree]));
}

function configMap(name: string, text: string): EstateObject {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ns' }, data: { text } };
  return {
    id: objectId('v1', 'ConfigMap', 'ns', name),
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'ns',
    name,
    body,
    origin: { construct: name, frames: [] },
    chart: 'test',
  };
}
