import {
  type EstateObject,
  isEverything,
  isMap,
  type Json,
  labelSelector,
  labelsOf,
  listIn,
  mapIn,
  plainSelector,
  type Selector,
  textIn,
  textMapIn,
  textsIn,
} from '../../estate';
import { nearest } from '../../schema/nearest';
import type { CheckScope } from '../rule';
import { perScope } from './per-scope';
import { podsIn, podsSelectedBy } from './pods';
import { servicesIn, servicesSelectedBy } from './services';
import { unseenPods } from './unseen';
import type { Workload } from './workloads';

/** A selector in an object, and what it selects. */
export interface Selection {
  readonly object: EstateObject;
  readonly path: string;
  readonly what: 'pod' | 'Service';
  /** Where it looks; empty for all namespaces. */
  readonly namespaces: readonly string[];
  readonly selector: Selector;
  readonly workloads: readonly Workload[];
  readonly services: readonly EstateObject[];
  /** Who may bring more there; absent where all is known. */
  readonly unseen?: string;
  /** What was probably meant, where nothing is selected. */
  readonly near?: { readonly object: EstateObject; readonly difference: readonly string[] };
}

/** Every selector of a cluster that means certain pods or Services. */
export const selectionsOf = perScope((scope): readonly Selection[] => [
  ...scope.of('Service').flatMap((service) => ofService(service, scope)),
  ...scope.of('policy/PodDisruptionBudget').flatMap((budget) => ofField(budget, 'spec.selector', scope)),
  ...scope.of('networking.k8s.io/NetworkPolicy').flatMap((policy) => ofPolicy(policy, scope)),
  ...scope.of('monitoring.coreos.com/PodMonitor').flatMap((monitor) => ofMonitor(monitor, 'pod', scope)),
  ...scope
    .of('monitoring.coreos.com/ServiceMonitor')
    .flatMap((monitor) => ofMonitor(monitor, 'Service', scope)),
]);

function ofService(object: EstateObject, scope: CheckScope): Selection[] {
  const labels = textMapIn(object.body, 'spec', 'selector');
  if (textIn(object.body, 'spec', 'type') === 'ExternalName') return [];
  return selection(
    {
      object,
      path: 'spec.selector',
      what: 'pod',
      namespaces: [object.namespace ?? ''],
      selector: plainSelector(labels),
    },
    scope,
  );
}

function ofField(object: EstateObject, path: string, scope: CheckScope): Selection[] {
  const selector = labelSelector(mapIn(object.body, ...path.split('.')));
  return selector
    ? selection({ object, path, what: 'pod', namespaces: [object.namespace ?? ''], selector }, scope)
    : [];
}

function ofPolicy(object: EstateObject, scope: CheckScope): Selection[] {
  const peers = (['ingress', 'egress'] as const).flatMap((direction) => {
    const side = direction === 'ingress' ? 'from' : 'to';
    return listIn(object.body, 'spec', direction).flatMap((rule, at) =>
      listIn(rule, side).flatMap((peer, index) =>
        ofPeer(object, peer, `spec.${direction}[${at}].${side}[${index}]`, scope),
      ),
    );
  });
  return [...ofField(object, 'spec.podSelector', scope), ...peers];
}

/** A peer in its own namespace, or in one that is named. */
function ofPeer(object: EstateObject, peer: Json, path: string, scope: CheckScope): Selection[] {
  const selector = isMap(peer) ? labelSelector(peer['podSelector']) : undefined;
  if (!selector) return [];
  const named = textIn(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name');
  if (isMap(peer) && peer['namespaceSelector'] !== undefined && named === undefined) return [];
  return selection(
    {
      object,
      path: `${path}.podSelector`,
      what: 'pod',
      namespaces: [named ?? object.namespace ?? ''],
      selector,
    },
    scope,
  );
}

function ofMonitor(object: EstateObject, what: 'pod' | 'Service', scope: CheckScope): Selection[] {
  const selector = labelSelector(mapIn(object.body, 'spec', 'selector'));
  if (!selector) return [];
  const any = mapIn(object.body, 'spec', 'namespaceSelector')['any'] === true;
  const named = textsIn(object.body, 'spec', 'namespaceSelector', 'matchNames');
  const namespaces = any ? [] : named.length > 0 ? named : [object.namespace ?? ''];
  return selection({ object, path: 'spec.selector', what, namespaces, selector }, scope);
}

type Asked = Pick<Selection, 'object' | 'path' | 'what' | 'namespaces' | 'selector'>;

function selection(asked: Asked, scope: CheckScope): Selection[] {
  const { what, selector } = asked;
  if (isEverything(selector)) return [];
  const namespaces = asked.namespaces.length > 0 ? asked.namespaces : namespacesOf(scope);
  const workloads = what === 'pod' ? inAll(namespaces, (one) => podsSelectedBy(scope, one, selector)) : [];
  const services = what === 'pod' ? [] : inAll(namespaces, (one) => servicesSelectedBy(scope, one, selector));
  const unseen = namespaces.map((one) => unseenPods(scope).get(one)).find((by) => by !== undefined);
  const empty = workloads.length === 0 && services.length === 0 && unseen === undefined;
  const near = empty ? nearestSpace(asked, namespaces, scope) : undefined;
  return [{ ...asked, workloads, services, ...(unseen !== undefined && { unseen }), ...(near && { near }) }];
}

/** Most selectors look into one namespace: nothing has to be put together then. */
function inAll<T>(namespaces: readonly string[], find: (namespace: string) => readonly T[]): readonly T[] {
  const [only] = namespaces;
  return namespaces.length === 1 && only !== undefined ? find(only) : namespaces.flatMap(find);
}

const namespacesOf = perScope(({ cluster }): readonly string[] => [
  ...new Set(cluster.objects.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace]))),
]);

/** What has most of the labels, and others that are much like the wanted ones. */
function nearestSpace(
  { what, selector }: Asked,
  namespaces: readonly string[],
  scope: CheckScope,
): Selection['near'] {
  const wanted = Object.entries(selector.labels);
  const there = namespaces.flatMap((one) => (what === 'pod' ? podsOf(scope, one) : servicesOf(scope, one)));
  const candidates = there.slice(0, mostCompared).flatMap(({ object, labels }) => {
    const wrong = wanted.filter(([key, value]) => labels[key] !== value);
    const isMeant = wrong.every(([key, value]) => isAlike(value, labels[key]));
    return isMeant ? [{ object, difference: wrong.map(([key]) => `${key}: ${labels[key]}`) }] : [];
  });
  return candidates
    .filter(({ difference }) => difference.length > 0)
    .sort((left, right) => left.difference.length - right.difference.length)[0];
}

function isAlike(wanted: string, found: string | undefined): boolean {
  if (found === undefined) return false;
  return found.includes(wanted) || wanted.includes(found) || nearest(wanted, [found]) !== undefined;
}

/** Enough to find what somebody meant; more only takes time. */
const mostCompared = 200;

interface Labelled {
  readonly object: EstateObject;
  readonly labels: { readonly [key: string]: string };
}

function podsOf(scope: CheckScope, namespace: string): Labelled[] {
  return podsIn(scope, namespace).map(({ object, template }) => ({ object, labels: template.labels }));
}

function servicesOf(scope: CheckScope, namespace: string): Labelled[] {
  return servicesIn(scope, namespace).map((object) => ({ object, labels: labelsOf(object.body) }));
}
