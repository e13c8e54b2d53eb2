import { groupOf } from '../../estate';
import type { Rule } from '../rule';

export const objectScope: Rule = {
  id: 'object-scope',
  title: 'Objects of namespaced kinds say their namespace, all others have none.',
  severity: 'error',
  why: 'Flux has no default namespace: it answers "namespace not specified" and applies nothing of the unit. A namespace on an object of the whole cluster is refused as well.',
  bad: `kind: Deployment
metadata:
  name: api`,
  good: `kind: Deployment
metadata:
  name: api
  namespace: shop`,
  *check({ cluster, registry }) {
    for (const object of cluster.objects) {
      const namespaced = registry.info(groupOf(object.apiVersion), object.kind)?.namespaced;
      const path = 'metadata.namespace';
      if (namespaced === true && !object.namespace) {
        const fix =
          "write metadata.namespace, or give the chart one: super(cluster, '…', { namespace: '…' })";
        yield { object, path, message: `${object.kind} ${object.name} has no namespace`, fix };
      }
      if (namespaced === false && object.namespace) {
        const message = `${object.kind} ${object.name} belongs to the whole cluster, not to the namespace ${object.namespace}`;
        yield { object, path, message, fix: 'remove metadata.namespace' };
      }
    }
  },
};
