import { append, type EstateObject, valueIn } from '../../estate';
import type { CheckScope } from '../rule';
import { perScope } from './per-scope';

/** In which order the units of a cluster come, by what their Kustomizations say. */
export interface UnitOrder {
  readonly kustomizationOf: (unit: string) => EstateObject | undefined;
  /** The unit that an object is the Kustomization of. */
  readonly unitOfKustomization: (object: EstateObject) => string | undefined;
  /** Whether one unit makes the Kustomization of the other, or of one above it. */
  readonly isAncestor: (unit: string, of: string) => boolean;
  /** Whether a unit is applied before another one: that one, or one above it, waits for it. */
  readonly comesBefore: (unit: string, other: string) => boolean;
  /** Whether a unit itself says that it waits for another one. */
  readonly waitsFor: (unit: string, other: string) => boolean;
}

/** The order of the units of a cluster. */
export const unitOrder = perScope((scope): UnitOrder => {
  const kustomizations = kustomizationsByUnit(scope);
  const units = new Map([...kustomizations].map(([unit, object]) => [object, unit]));
  const parents = new Map([...kustomizations].map(([unit, object]) => [unit, scope.unitOf(object)] as const));
  const parentOf = (unit: string): string | undefined => {
    const parent = parents.get(unit);
    return parent === unit ? undefined : parent;
  };
  const before = closures(scope, parentOf, kustomizations);
  const named = new Map(scope.cluster.units.map((unit) => [unit.name, new Set(unit.dependsOn)]));
  const waitsFor = (unit: string, other: string): boolean => named.get(unit)?.has(other) === true;
  return {
    kustomizationOf: (unit) => kustomizations.get(unit),
    unitOfKustomization: (object) => units.get(object),
    isAncestor: (unit, of) => ancestors(of, parentOf).includes(unit),
    // All that is before a unit is long to find out, and most units name what they need.
    comesBefore: (unit, other) => waitsFor(other, unit) || before(other).has(unit),
    waitsFor,
  };
});

/** A unit is called as its Kustomization, with the namespace in front where two have the same name. */
function kustomizationsByUnit(scope: CheckScope): ReadonlyMap<string, EstateObject> {
  const names = new Set(scope.cluster.units.map(({ name }) => name));
  const found = new Map<string, EstateObject>();
  for (const object of scope.of('kustomize.toolkit.fluxcd.io/Kustomization')) {
    const unit = [`${object.namespace}/${object.name}`, object.name].find((name) => names.has(name));
    if (unit !== undefined) found.set(unit, object);
  }
  return found;
}

function ancestors(unit: string, parentOf: (unit: string) => string | undefined): string[] {
  const found: string[] = [];
  for (let next = parentOf(unit); next !== undefined && !found.includes(next); next = parentOf(next))
    found.push(next);
  return found;
}

/** All that is applied before a unit; a unit that waits for its objects waits for the units that it makes. */
function closures(
  scope: CheckScope,
  parentOf: (unit: string) => string | undefined,
  kustomizations: ReadonlyMap<string, EstateObject>,
): (unit: string) => ReadonlySet<string> {
  const byName = new Map(scope.cluster.units.map((unit) => [unit.name, unit]));
  const children = new Map<string, string[]>();
  for (const [unit] of kustomizations) {
    const parent = parentOf(unit);
    if (parent !== undefined) append(children, parent, unit);
  }
  const madeBy = (unit: string): readonly string[] => {
    const object = kustomizations.get(unit);
    return object && valueIn(object.body, 'spec', 'wait') === true ? (children.get(unit) ?? []) : [];
  };
  const known = new Map<string, ReadonlySet<string>>();
  return (unit) => {
    const ready = known.get(unit);
    if (ready) return ready;
    const found = new Set<string>();
    const queue = [unit, ...ancestors(unit, parentOf)].flatMap((name) => byName.get(name)?.dependsOn ?? []);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      queue.push(...madeBy(next), ...(byName.get(next)?.dependsOn ?? []));
      queue.push(...ancestors(next, parentOf).flatMap((name) => byName.get(name)?.dependsOn ?? []));
    }
    known.set(unit, found);
    return found;
  };
}
