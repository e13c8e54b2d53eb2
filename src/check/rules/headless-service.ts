import {
  describe,
  type EstateObject,
  objectId,
  plainSelector,
  selects,
  textIn,
  textMapIn,
} from '../../estate';
import { nearest } from '../../schema/nearest';
import { perScope } from '../facts/per-scope';
import { isHeadless, servicesIn } from '../facts/services';
import { unseenPods } from '../facts/unseen';
import { workloadsOf } from '../facts/workloads';
import type { CheckScope, Rule, Violation } from '../rule';

export const headlessService: Rule = {
  id: 'headless-service',
  title: 'The Service that a StatefulSet names is there, headless, and selects its pods.',
  severity: 'error',
  why: 'The pods get their host names, <pod>.<service>, from that Service. Without it, or where it has an address of its own or selects others, peers do not find each other.',
  bad: `kind: StatefulSet
spec: { serviceName: zookeeper-headles }`,
  good: `kind: StatefulSet
spec: { serviceName: zookeeper-headless }
---
kind: Service
metadata: { name: zookeeper-headless }
spec: { clusterIP: None, selector: { app: zookeeper } }`,
  *check(scope) {
    for (const { object, kind, template } of workloadsOf(scope)) {
      const name = textIn(object.body, 'spec', 'serviceName');
      if (kind !== 'apps/StatefulSet' || name === undefined || name === '') continue;
      const service = scope.find(objectId('v1', 'Service', object.namespace, name));
      const wrong = service ? wrongWith(service, template.labels) : missing(object, name, scope);
      if (wrong) yield { object, path: 'spec.serviceName', ...wrong };
    }
  },
};

function missing(
  object: EstateObject,
  name: string,
  scope: CheckScope,
): Pick<Violation, 'message' | 'fix'> | undefined {
  const namespace = object.namespace ?? '';
  if (promised(scope).has(object.id) || unseenPods(scope).has(namespace)) return undefined;
  const headless = servicesIn(scope, namespace).filter(isHeadless);
  const near = nearest(
    name,
    headless.map((service) => service.name),
  );
  const fix =
    near === undefined
      ? `make a Service ${name} with clusterIP: None that selects the pods`
      : `write ${near}`;
  return { message: `there is no Service ${name} in ${namespace}`, fix };
}

/** StatefulSets whose Service somebody else brings. */
const promised = perScope(({ cluster }): ReadonlySet<string> => {
  const brought = cluster.references.filter(
    ({ path, verdict }) => path === 'spec.serviceName' && verdict !== 'absent',
  );
  return new Set(brought.map(({ from }) => from));
});

function wrongWith(
  service: EstateObject,
  labels: { readonly [key: string]: string },
): Pick<Violation, 'message' | 'fix'> | undefined {
  if (!isHeadless(service)) {
    return {
      message: `${describe(service)} has an address of its own: the pods get no host names from it`,
      fix: 'write clusterIP: None there, or name a headless Service',
    };
  }
  const selector = textMapIn(service.body, 'spec', 'selector');
  if (selects(plainSelector(selector), labels)) return undefined;
  return {
    message: `${describe(service)} does not select these pods: they get no host names from it`,
    fix: 'give the pods the labels that it selects, or name another Service',
  };
}
