import { describe, type EstateObject, groupOf, type Json, listIn, textIn } from '../../estate';
import type { CheckScope, Rule, Violation } from '../rule';

const group = 'gateway.networking.k8s.io';
const routes = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(
  (kind) => `${group}/${kind}`,
);

export const referenceGrant: Rule = {
  id: 'reference-grant',
  title: 'What a route or Gateway uses in another namespace is granted there.',
  severity: 'error',
  why: 'Gateway API ignores a backend or certificate in another namespace unless a ReferenceGrant there allows it: the route answers 500, the listener is not programmed, and nothing is refused when it is applied.',
  bad: `kind: HTTPRoute # in web
spec:
  rules: [{ backendRefs: [{ name: api, namespace: shop, port: 80 }] }]`,
  good: `kind: ReferenceGrant # in shop
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: web }]
  to: [{ group: '', kind: Service }]`,
  *check(scope) {
    for (const route of routes.flatMap(scope.of)) {
      for (const [at, rule] of listIn(route.body, 'spec', 'rules').entries()) {
        yield* ungranted(
          route,
          listIn(rule, 'backendRefs'),
          `spec.rules[${at}].backendRefs`,
          'Service',
          scope,
        );
      }
    }
    for (const gateway of scope.of(`${group}/Gateway`)) {
      for (const [at, listener] of listIn(gateway.body, 'spec', 'listeners').entries()) {
        yield* ungranted(
          gateway,
          listIn(listener, 'tls', 'certificateRefs'),
          `spec.listeners[${at}].tls.certificateRefs`,
          'Secret',
          scope,
        );
      }
    }
  },
};

function* ungranted(
  object: EstateObject,
  references: readonly Json[],
  path: string,
  usual: string,
  scope: CheckScope,
): Iterable<Violation> {
  for (const [index, reference] of references.entries()) {
    const namespace = textIn(reference, 'namespace');
    const kind = textIn(reference, 'kind') ?? usual;
    const name = textIn(reference, 'name') ?? '';
    if (
      namespace === undefined ||
      namespace === object.namespace ||
      isGranted(object, namespace, kind, name, scope)
    )
      continue;
    const message = `no ReferenceGrant in ${namespace} lets ${describe(object)} use the ${kind} ${name}`;
    const from = `{ group: ${groupOf(object.apiVersion)}, kind: ${object.kind}, namespace: ${object.namespace} }`;
    yield {
      object,
      path: `${path}[${index}].namespace`,
      message,
      fix: `make a ReferenceGrant in ${namespace} with from: [${from}], to: [{ group: '', kind: ${kind} }]`,
    };
  }
}

function isGranted(
  object: EstateObject,
  namespace: string,
  kind: string,
  name: string,
  { of, cluster }: CheckScope,
): boolean {
  const promised = cluster.info.externals.some(
    (external) => external.kind === `${group}/ReferenceGrant` && external.namespace === namespace,
  );
  const grants = of(`${group}/ReferenceGrant`).filter((grant) => grant.namespace === namespace);
  return promised || grants.some(({ body }) => allowsFrom(body, object) && allowsTo(body, kind, name));
}

function allowsFrom(grant: Json, { kind, namespace }: EstateObject): boolean {
  return listIn(grant, 'spec', 'from').some(
    (from) => textIn(from, 'kind') === kind && textIn(from, 'namespace') === namespace,
  );
}

function allowsTo(grant: Json, kind: string, name: string): boolean {
  return listIn(grant, 'spec', 'to').some(
    (to) => textIn(to, 'kind') === kind && (textIn(to, 'name') ?? name) === name,
  );
}
