import type { Reference } from '../../estate';
import { splitKind } from '../../estate';
import { describeTarget } from '../../link';
import { mistakenKind } from '../facts/kind-families';
import { idOf } from '../facts/text';
import type { Rule, Violation } from '../rule';

export const wrongKind: Rule = {
  id: 'wrong-kind',
  title: 'What an object names has the kind that the field means.',
  severity: 'error',
  why: 'A `dependsOn` of a Kustomization means Kustomizations, that of a HelmRelease means HelmReleases: the other kind under that name is not found, and the unit waits for ever. The same with a Role where a ClusterRole is meant, or a GitRepository instead of an OCIRepository.',
  bad: `kind: Kustomization
spec:
  dependsOn:
    - name: redis # a HelmRelease`,
  good: `kind: Kustomization
spec:
  dependsOn:
    - name: cache # the Kustomization that applies the HelmRelease redis`,
  *check(scope) {
    for (const reference of scope.cluster.references) {
      const { verdict, optional, target, from } = reference;
      if (verdict !== 'absent' || optional || scope.find(idOf(target))) continue;
      const kind = mistakenKind(scope, target);
      const object = kind === undefined ? undefined : scope.find(from);
      if (kind !== undefined && object) yield { object, path: reference.path, ...texts(reference, kind) };
    }
  },
};

function texts({ target, path }: Reference, kind: string): Pick<Violation, 'message' | 'fix'> {
  const [wanted, found] = [splitKind(target.kind)[1], splitKind(kind)[1]];
  const message = `there is no ${describeTarget(target)}, but a ${found} of that name`;
  return { message, fix: fixes[wanted] ?? fixFor(path, wanted, found) };
}

function fixFor(path: string, wanted: string, found: string): string {
  const beside = path.replace(/\.?[^.]*$/, '');
  return /KeyRef|envFrom|volumes|secretName/.test(path)
    ? `refer to the ${found} in the field that is for it, or make a ${wanted}`
    : `write kind: ${found} in ${beside}, or make a ${wanted} of that name`;
}

const fixes: { readonly [wanted: string]: string } = {
  Kustomization:
    'write the name of the Kustomization that applies it: a Kustomization can only wait for Kustomizations',
  HelmRelease:
    'remove it: a HelmRelease can only wait for HelmReleases; references between charts make the order of units',
};
