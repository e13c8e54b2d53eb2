import { type EstateObject, isHelmRelease, textIn, valueIn } from '../../estate';
import { isMoving } from '../facts/images';
import { chartSources } from '../facts/sources';
import { isExactVersion } from '../facts/versions';
import type { Rule, Violation } from '../rule';

export const chartNotPinned: Rule = {
  id: 'chart-not-pinned',
  title: 'Every chart has one exact version.',
  severity: { lean: 'warning', ha: 'error' },
  why: 'With a range, or no version at all, a release is upgraded when somebody publishes a chart, not when somebody commits. The checks of its values then look at another version than the one that is installed.',
  bad: `chart:
  spec: { chart: redis, version: '>=20.0.0' }`,
  good: `chart:
  spec: { chart: redis, version: 20.6.2 }`,
  *check(scope) {
    for (const object of scope.of('helm.toolkit.fluxcd.io/HelmRelease'))
      yield* ofRepository(object, 'spec.chart.spec');
    for (const object of scope.of('source.toolkit.fluxcd.io/HelmChart')) yield* ofRepository(object, 'spec');
    for (const object of scope.of('source.toolkit.fluxcd.io/OCIRepository')) {
      if (chartSources(scope).has(object.id)) yield* ofRegistry(object);
    }
  },
};

/** Only a HelmRepository has versions to choose from; elsewhere the source says which. */
function* ofRepository(object: EstateObject, path: string): Iterable<Violation> {
  const chart = valueIn(object.body, ...path.split('.'));
  if (textIn(chart, 'chart') === undefined || textIn(chart, 'sourceRef', 'kind') !== 'HelmRepository') return;
  const version = textIn(chart, 'version') ?? '';
  if (isExactVersion(version)) return;
  const says =
    version === '' || version === '*'
      ? 'says no version: the newest is installed'
      : `says ${version}, which is no exact version`;
  const who = isHelmRelease(object) ? 'the release' : 'the chart';
  yield {
    object,
    path: `${path}.version`,
    message: `${who} ${says}`,
    fix: 'write one exact version, e.g. 1.2.3',
  };
}

function* ofRegistry(object: EstateObject): Iterable<Violation> {
  const [tag, semver, digest] = ['tag', 'semver', 'digest'].map((field) =>
    textIn(object.body, 'spec', 'ref', field),
  );
  if (digest !== undefined || (semver === undefined && tag !== undefined && !isMoving(tag))) return;
  const says =
    semver === undefined ? `has the tag ${tag ?? 'latest'}, which moves` : `says ${semver}, which is a range`;
  yield {
    object,
    path: 'spec.ref',
    message: `the source of the chart ${says}`,
    fix: 'write ref: { tag: 1.2.3 }, or a digest',
  };
}
