import { annotationsOf, describe, type EstateObject, numberIn } from '../../estate';
import type { Rule, Violation } from '../rule';

const forced = 'kustomize.toolkit.fluxcd.io/force';

export const mutableJob: Rule = {
  id: 'mutable-job',
  title: 'A Job has a name that changes with what it does.',
  severity: 'warning',
  why: 'The pods of a Job cannot be changed: the first new image or argument is refused, and with it the whole unit. A Job that removes itself after it is done is made again by Flux, and runs again.',
  bad: `kind: Job
metadata:
  name: migrate`,
  good: `kind: Job
metadata:
  name: migrate-3f9a12c4 # a hash of what it does, or the version that it brings`,
  *check({ of }) {
    for (const object of of('batch/Job')) {
      const isForced = annotationsOf(object.body)[forced] === 'enabled';
      if (!isForced && !changesWithContent(object.name)) yield unchanging(object);
      if (numberIn(object.body, 'spec', 'ttlSecondsAfterFinished') !== undefined) yield removesItself(object);
    }
  },
};

/** A hash, or a version, at the end. */
function changesWithContent(name: string): boolean {
  return /-(?=[0-9a-z]*\d)[0-9a-z]{5,64}$|[-.]v?\d+([-.]\d+)+([-.][0-9a-z]+)*$/.test(name);
}

function unchanging(object: EstateObject): Violation {
  const message = `${describe(object)} keeps its name whatever it does: no change to its pods will be taken`;
  const fix = `put a hash of its content or a version at the end of the name, or annotate it with ${forced}: enabled to have it run anew at each change`;
  return { object, path: 'metadata.name', message, fix };
}

function removesItself(object: EstateObject): Violation {
  const message = `${describe(object)} is removed after it is done, so Flux makes it again: it runs at every reconciliation`;
  return {
    object,
    path: 'spec.ttlSecondsAfterFinished',
    message,
    fix: 'remove ttlSecondsAfterFinished: a finished Job costs nothing, and pruning removes it',
  };
}
