import type { EstateObject, Reference } from '../../estate';
import { append, describe, groupOf, isHelmRelease, listIn, textIn, valueIn } from '../../estate';
import { describeTarget } from '../../link';
import { listed, madeAt } from '../facts/text';
import { type UnitOrder, unitOrder } from '../facts/unit-order';
import type { CheckScope, Rule, Violation } from '../rule';

export const missingDependsOn: Rule = {
  id: 'missing-depends-on',
  title: 'A unit waits for the units that it needs.',
  severity: 'warning',
  why: 'Flux applies units in no order but the one that dependsOn gives. On an empty cluster, and after a disaster, a unit whose CRD, Namespace or Secret is not there yet fails and tries again at its retryInterval, which is its interval where nobody says it; what waits for it waits as well. A dependsOn on a unit that does not wait for its own objects says only that they were sent.',
  bad: `kind: Kustomization
metadata: { name: apps }
spec: { path: ./apps } # holds an Issuer; the unit cert-manager brings its CRD`,
  good: `kind: Kustomization
metadata: { name: apps }
spec:
  path: ./apps
  dependsOn: [{ name: cert-manager }]`,
  *check(scope) {
    const order = unitOrder(scope);
    const missing = new Map<string, Need[]>();
    for (const need of needsOf(scope, order)) {
      if (order.isAncestor(need.from, need.to)) yield* insideOut(need, scope, order);
      else if (order.comesBefore(need.to, need.from)) yield* notAwaited(need, scope, order);
      else append(missing, need.to, need);
    }
    for (const needs of missing.values())
      if (needs.length > most) yield together(needs, scope, order);
      else for (const need of needs) yield alone(need, scope, order);
  },
};

/** So many units that lack the same dependency are one thing to say. */
const most = 3;

interface Need {
  readonly from: string;
  readonly to: string;
  readonly references: Reference[];
}

/** What units need of each other, where an order is possible and nothing else sees to it. */
function needsOf(scope: CheckScope, order: UnitOrder): readonly Need[] {
  const found = new Map<string, Need>();
  for (const reference of scope.cluster.references) {
    const { strength, verdict, to: id, optional } = reference;
    if (strength === 'runtime' || verdict !== 'present' || id === undefined || optional) continue;
    const [source, target] = [scope.find(reference.from), scope.find(id)];
    if (!source || !target || isOrdered(source, target)) continue;
    const from = order.unitOfKustomization(source) ?? scope.unitOf(source);
    const to = scope.unitOf(target);
    if (from === undefined || to === undefined || from === to) continue;
    if (order.isAncestor(to, from) || (!order.waitsFor(from, to) && order.comesBefore(from, to))) continue;
    const need = found.get(`${from} ${to}`) ?? { from, to, references: [] };
    need.references.push(reference);
    found.set(`${from} ${to}`, need);
  }
  return [...found.values()];
}

/** Namespaces of the cluster itself are there from the start. */
const fromTheStart = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);

/** Releases may wait for each other themselves; sources are asked for again as soon as they are there. */
function isOrdered(source: EstateObject, target: EstateObject): boolean {
  if (target.kind === 'Namespace') return fromTheStart.has(target.name);
  if (groupOf(target.apiVersion) === 'source.toolkit.fluxcd.io') return true;
  if (!isHelmRelease(source) || !isHelmRelease(target)) return false;
  return listIn(source.body, 'spec', 'dependsOn').some(
    (entry) =>
      textIn(entry, 'name') === target.name &&
      (textIn(entry, 'namespace') ?? source.namespace) === target.namespace,
  );
}

function alone({ from, to, references }: Need, scope: CheckScope, order: UnitOrder): Violation {
  const object = order.kustomizationOf(from);
  const message = `${from} needs ${needText(references, scope)} of ${to}, but does not wait for it`;
  const fix = `write dependsOn: [${entryFor(object, to, order)}]`;
  return { ...(object && { object }), path: 'spec.dependsOn', message, fix };
}

function together(needs: readonly Need[], scope: CheckScope, order: UnitOrder): Violation {
  const { from, to } = needs[0] as Need;
  const object = order.kustomizationOf(to);
  const units = listed(
    needs.map((need) => need.from),
    7,
  );
  const what = needText(
    needs.flatMap(({ references }) => references),
    scope,
  );
  const message = `${needs.length} units need ${what} of ${to}, but do not wait for it: ${units}`;
  const entry = entryFor(order.kustomizationOf(from), to, order);
  const fix = `write dependsOn: [${entry}] in them; where the CRDs are there before Flux is, say so with an annotation here`;
  return { ...(object && { object }), path: 'metadata', message, fix };
}

function entryFor(object: EstateObject | undefined, unit: string, { kustomizationOf }: UnitOrder): string {
  const other = kustomizationOf(unit);
  const name = other?.name ?? unit;
  const near = other === undefined || object?.namespace === other.namespace;
  return near ? `{ name: ${name} }` : `{ name: ${name}, namespace: ${other.namespace} }`;
}

/** A unit is applied whole or not at all: it cannot make the unit that brings what it is refused without. */
function* insideOut(
  { from, to, references }: Need,
  scope: CheckScope,
  { kustomizationOf }: UnitOrder,
): Iterable<Violation> {
  const refused = references.filter(({ strength }) => strength === 'admission');
  const object = scope.find(refused[0]?.from ?? '');
  if (!object) return;
  const unit = describe(kustomizationOf(to) ?? { kind: 'Kustomization', name: to });
  const message = `${from} needs ${needText(refused, scope)} of ${to}, a unit that it makes itself: on an empty cluster it is refused, and ${unit} with it`;
  yield { object, path: 'apiVersion', message, fix: `move it into a unit that depends on ${to}` };
}

/** What Helm installs is there only once its release is ready: having sent the release is not enough. */
function* notAwaited(
  { from, to, references }: Need,
  scope: CheckScope,
  { kustomizationOf }: UnitOrder,
): Iterable<Violation> {
  const other = kustomizationOf(to);
  if (!other || valueIn(other.body, 'spec', 'wait') === true) return;
  const late = new Map<string, Reference[]>();
  for (const one of references) if (one.strength === 'admission') append(late, one.to ?? '', one);
  for (const [id, own] of late) {
    const release = scope.find(id);
    if (!release || !isHelmRelease(release) || isChecked(other, release)) continue;
    const message = `${from} needs ${needText(own, scope)} of ${describe(release)}, but ${to} counts as ready before that is`;
    const fix = `write wait: true in ${to}, or name the HelmRelease in its healthChecks`;
    yield { object: other, path: 'spec', message, fix };
  }
}

function isChecked(kustomization: EstateObject, { kind, name, namespace }: EstateObject): boolean {
  return listIn(kustomization.body, 'spec', 'healthChecks').some(
    (entry) =>
      textIn(entry, 'kind') === kind &&
      textIn(entry, 'name') === name &&
      textIn(entry, 'namespace') === namespace,
  );
}

/** What is needed, and one place that says so. */
function needText(references: readonly Reference[], scope: CheckScope): string {
  const sorted = references.toSorted((one, other) => rankOf(one) - rankOf(other));
  const what = listed([...new Set(sorted.map(({ target }) => describeTarget(target)))], 3);
  const source = scope.find(sorted[0]?.from ?? '');
  if (!source || unitOrder(scope).unitOfKustomization(source) !== undefined) return what;
  return `${what} (for ${describe(source)}${madeAt(source)})`;
}

function rankOf({ strength }: Reference): number {
  return strength === 'admission' ? 0 : 1;
}
