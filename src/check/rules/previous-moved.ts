import { annotationsOf, append, describe, type EstateObject, kindOf } from '../../estate';
import { pruneAnnotation } from '../../units';
import type { PreviousObject } from '../comparison';
import { listed } from '../facts/text';
import type { CheckScope, Rule, Violation } from '../rule';

interface Move {
  readonly before: PreviousObject;
  readonly after: EstateObject;
}

export const objectMoved: Rule = {
  id: 'object-moved',
  title: 'No object changes its unit while Flux would delete it on the way.',
  severity: 'error',
  why: 'Flux deletes what leaves a unit before another unit takes it over: the object comes back new, with a new identity, and what it held is gone.',
  bad: `# dist/production/shop/… in the last commit
# dist/production/billing/… in this one, without an annotation`,
  good: `metadata:
  annotations:
    kustomize.toolkit.fluxcd.io/prune: disabled   # committed, and reconciled, before the move`,
  *check(scope) {
    for (const [units, moves] of unsafeMoves(scope)) {
      const [from = '', to = ''] = units.split(' ');
      if (isRenamed(scope, from, to)) continue;
      for (const move of moves) yield moved(move, from, to);
    }
  },
};

export const unitRenamed: Rule = {
  id: 'unit-renamed',
  title: 'No unit changes its name while Flux would delete its objects.',
  severity: 'error',
  why: 'To Flux a renamed unit is one that is gone and one that is new: it deletes everything in the old one, then makes the new one.',
  bad: `super(cluster, 'webshop', …)   // was 'shop' in the last commit`,
  good: `keep(this);                    // committed, and reconciled, before the new name`,
  *check(scope) {
    for (const [units, moves] of unsafeMoves(scope)) {
      const [from = '', to = ''] = units.split(' ');
      const [first] = moves;
      if (first && isRenamed(scope, from, to)) yield renamed(first, moves, from, to);
    }
    for (const { before, after } of renamedTwins(scope))
      yield renamedWithNames(before, after, scope.unitOf(after) ?? '');
  },
};

/** Objects that change their unit and that Flux does not keep yet, by the two units. */
function unsafeMoves({ comparison, unitOf }: CheckScope): ReadonlyMap<string, Move[]> {
  const found = new Map<string, Move[]>();
  for (const { before, after } of comparison?.changed ?? []) {
    const unit = unitOf(after);
    const isKept = annotationsOf(before.body)[pruneAnnotation] === 'disabled';
    if (unit !== undefined && unit !== before.unit && !isKept)
      append(found, `${before.unit} ${unit}`, { before, after });
  }
  return found;
}

function isRenamed({ comparison }: CheckScope, from: string, to: string): boolean {
  return comparison?.removedUnits.includes(from) === true && comparison.addedUnits.includes(to);
}

/**
 * The first object of each renamed unit whose own name follows from the unit's: nothing of the old unit is in the
 * new one, but everything has a twin.
 */
function renamedTwins({ comparison, cluster }: CheckScope): Move[] {
  const { removedUnits = [], addedUnits = [], removed = [] } = comparison ?? {};
  const added = cluster.units.filter(({ name }) => addedUnits.includes(name));
  return removedUnits.flatMap((from) => {
    const gone = removed.filter(({ unit, kind }) => unit === from && kind !== 'Namespace');
    for (const before of gone) {
      for (const { name: to, objects } of added) {
        const after = objects.find((object) => isTwin(before, object, from, to));
        if (after) return [{ before, after }];
      }
    }
    return [];
  });
}

function isTwin(before: PreviousObject, after: EstateObject, from: string, to: string): boolean {
  const sameKind = kindOf(before) === kindOf(after) && before.namespace === after.namespace;
  return (
    sameKind &&
    before.name !== after.name &&
    before.name.startsWith(from) &&
    before.name.replace(from, to) === after.name
  );
}

/** SOPS signs what it encrypts: `keep` cannot write into it. */
function encrypted(moves: readonly Move[]): string[] {
  const signed = moves.filter(({ after }) => after.verbatim !== undefined);
  if (signed.length === 0) return [];
  const names = listed(signed.map(({ after }) => describe(after)));
  return [`keep() leaves ${names} alone, as SOPS has signed it: write the annotation with \`sops edit\``];
}

function renamedWithNames(before: PreviousObject, after: EstateObject, to: string): Violation {
  return {
    object: after,
    message: `unit ${before.unit} is now called ${to}, and its objects with it: Flux would delete ${describe(before)} and the rest, and make others`,
    fix: [
      `keep the objects' names (name: '${before.name}' for a Program or a StatefulCluster, metadata: { name } else; releaseName for a HelmRelease), then rename the unit in three commits:`,
      `1. with the name ${before.unit}, call keep(this) at the end of the chart and let Flux reconcile`,
      `2. change the name to ${to}, with keep(this), and let Flux reconcile`,
      `3. remove keep(this)`,
    ].join('\n'),
  };
}

function moved(move: Move, from: string, to: string): Violation {
  const { after } = move;
  return {
    object: after,
    message: `${describe(after)} moves from unit ${from} to unit ${to}: Flux would delete it, and then make it anew`,
    fix: [
      `move it in three commits, and let Flux reconcile each (\`flux get kustomizations\` shows the revision):`,
      `1. leave it in ${from} and call keep() on it: its annotation ${pruneAnnotation}: disabled reaches the live object`,
      `2. move it to ${to}, with keep(): Flux lets go of it in ${from} and takes it over in ${to}`,
      `3. remove keep()`,
      ...encrypted([move]),
    ].join('\n'),
  };
}

function renamed({ after }: Move, moves: readonly Move[], from: string, to: string): Violation {
  const count = moves.length;
  return {
    object: after,
    message: `unit ${from} is now called ${to}: Flux would delete its ${count} object${count === 1 ? '' : 's'}, and then make them anew`,
    fix: [
      `rename it in three commits, and let Flux reconcile each (\`flux get kustomizations\` shows the revision):`,
      `1. leave the name ${from} and call keep(this) at the end of the chart: ${pruneAnnotation}: disabled reaches every live object`,
      `2. change the name to ${to}, with keep(this): Flux lets go of the objects in ${from} and takes them over in ${to}`,
      `3. remove keep(this)`,
      ...encrypted(moves),
    ].join('\n'),
  };
}
