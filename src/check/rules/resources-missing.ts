import { describe, type Json, listIn, textIn, valueIn } from '../../estate';
import { listed } from '../facts/text';
import { workloadsOf } from '../facts/workloads';
import type { CheckScope, Rule } from '../rule';

const resources = ['cpu', 'memory'];

export const resourcesMissing: Rule = {
  id: 'resources-missing',
  title: 'Every container says how much CPU and memory it needs.',
  severity: { lean: 'warning', ha: 'error' },
  why: 'The scheduler puts pods without requests on nodes that are full already, they are the first to be killed when memory runs out, and an autoscaler that goes by CPU has nothing to compare with.',
  bad: `containers:
  - name: api
    image: ghcr.io/example/api:1.4.2`,
  good: `containers:
  - name: api
    image: ghcr.io/example/api:1.4.2
    resources:
      requests: { cpu: 50m, memory: 64Mi }
      limits: { memory: 128Mi }`,
  *check(scope) {
    const defaulted = namespacesWithDefaults(scope);
    for (const { object, template, containers } of workloadsOf(scope)) {
      if (defaulted.has(object.namespace ?? '')) continue;
      for (const { container, path } of containers) {
        const isSaid = (resource: string): boolean =>
          says(container, resource) || says(template.spec, resource);
        if (resources.every(isSaid)) continue;
        const missing = resources.filter((resource) => !isSaid(resource));
        const message = `the container ${textIn(container, 'name') ?? ''} of ${describe(object)} requests no ${listed(missing)}`;
        const fix = `write resources: { requests: { ${missing.map((resource) => `${resource}: ${examples[resource]}`).join(', ')} } }`;
        yield { object, path: `${path}.resources`, message, fix };
      }
    }
  },
};

const examples: { readonly [resource: string]: string } = { cpu: '50m', memory: '64Mi' };

/** A limit is a request where nothing else is said. */
function says(value: Json, resource: string): boolean {
  return (
    valueIn(value, 'resources', 'requests', resource) !== undefined ||
    valueIn(value, 'resources', 'limits', resource) !== undefined
  );
}

/** Namespaces whose LimitRange fills in requests. */
function namespacesWithDefaults({ of }: CheckScope): ReadonlySet<string> {
  const ranges = of('LimitRange').filter(({ body }) =>
    listIn(body, 'spec', 'limits').some(
      (limit) =>
        textIn(limit, 'type') === 'Container' && resources.every((resource) => fillsIn(limit, resource)),
    ),
  );
  return new Set(ranges.map(({ namespace }) => namespace ?? ''));
}

function fillsIn(limit: Json, resource: string): boolean {
  return ['defaultRequest', 'default'].some((field) => valueIn(limit, field, resource) !== undefined);
}
