import type { EstateObject } from '../../estate';
import { typesOf } from '../facts/types';
import type { Rule, Violation } from '../rule';

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
  *check(scope) {
    for (const { group, kind, objects } of typesOf(scope)) {
      const namespaced = scope.registry.info(group, kind)?.namespaced;
      for (const object of objects) {
        if (namespaced === true && !object.namespace) yield outside(object);
        if (namespaced === false && object.namespace) yield inside(object);
      }
    }
  },
};

const path = 'metadata.namespace';

function outside(object: EstateObject): Violation {
  const fix = "write metadata.namespace, or give the chart one: super(cluster, '…', { namespace: '…' })";
  return { object, path, message: `${object.kind} ${object.name} has no namespace`, fix };
}

function inside(object: EstateObject): Violation {
  const message = `${object.kind} ${object.name} belongs to the whole cluster, not to the namespace ${object.namespace}`;
  return { object, path, message, fix: 'remove metadata.namespace' };
}
