import type { EstateObject } from '../../estate';
import { violationsOf } from '../facts/verdict';
import type { Rule, Violation } from '../rule';

export const tooLarge: Rule = {
  id: 'too-large',
  title: 'Every object is small enough to be stored.',
  severity: 'error',
  why: 'etcd takes no request over 1.5 MiB, a ConfigMap or Secret holds at most 1 MiB, and the annotations of one object 256 KiB.',
  bad: 'A ConfigMap with a dashboard of 5 MB.',
  good: 'Several ConfigMaps, or the file in the image or in an OCI artifact.',
  check(scope) {
    const found = new Map<EstateObject | undefined, Violation>();
    for (const violation of violationsOf(scope, 'size')) {
      const before = found.get(violation.object);
      if (before?.path === undefined) found.set(violation.object, violation);
    }
    return found.values();
  },
};
