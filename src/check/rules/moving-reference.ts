import { describe, type EstateObject, textIn } from '../../estate';
import { isMoving } from '../facts/images';
import { chartSources } from '../facts/sources';
import type { CheckScope, Rule, Violation } from '../rule';

export const movingReference: Rule = {
  id: 'moving-reference',
  title: 'A source that is not this repository itself stands still.',
  severity: 'warning',
  why: 'A branch, a version range or a tag like latest changes the cluster without a commit here, untested, and going back in Git does not bring the old state back.',
  bad: `kind: GitRepository
spec:
  url: https://github.com/fluxcd/flux2-monitoring-example
  ref: { branch: main }`,
  good: `kind: GitRepository
spec:
  url: https://github.com/fluxcd/flux2-monitoring-example
  ref: { commit: 6f2a… }`,
  *check(scope) {
    for (const object of scope.of('source.toolkit.fluxcd.io/GitRepository')) yield* ofGit(object, scope);
    for (const object of scope.of('source.toolkit.fluxcd.io/OCIRepository')) yield* ofRegistry(object, scope);
  },
};

function* ofGit(object: EstateObject, scope: CheckScope): Iterable<Violation> {
  const [commit, tag, name] = ['commit', 'tag', 'name'].map((field) =>
    textIn(object.body, 'spec', 'ref', field),
  );
  const fixed = commit ?? tag ?? (name?.startsWith('refs/tags/') ? name : undefined);
  if (isClustersOwn(object, scope) || fixed !== undefined) return;
  const [semver, branch] = ['semver', 'branch'].map((field) => textIn(object.body, 'spec', 'ref', field));
  const what = semver === undefined ? `the branch ${branch ?? name ?? 'master'}` : `the range ${semver}`;
  yield {
    object,
    path: 'spec.ref',
    message: `${describe(object)} follows ${what}`,
    fix: 'write ref: { tag: … } or ref: { commit: … }',
  };
}

function* ofRegistry(object: EstateObject, scope: CheckScope): Iterable<Violation> {
  if (isClustersOwn(object, scope) || chartSources(scope).has(object.id)) return;
  const [tag, semver, digest] = ['tag', 'semver', 'digest'].map((field) =>
    textIn(object.body, 'spec', 'ref', field),
  );
  if (digest !== undefined || (semver === undefined && tag !== undefined && !isMoving(tag))) return;
  const what = semver === undefined ? `the tag ${tag ?? 'latest'}` : `the range ${semver}`;
  yield {
    object,
    path: 'spec.ref',
    message: `${describe(object)} follows ${what}`,
    fix: 'write ref: { tag: 1.2.3 } or ref: { digest: sha256:… }',
  };
}

/** What the cluster was bootstrapped with has to follow a branch: that is what GitOps is. */
function isClustersOwn({ name, namespace }: EstateObject, { cluster }: CheckScope): boolean {
  const { source } = cluster.info;
  return name === source.name && namespace === source.namespace;
}
