import { describe, isForAnother, textIn } from '../../estate';
import { type Release, releasesOf } from '../facts/releases';
import { madeAt } from '../facts/text';
import type { Rule, Violation } from '../rule';

const most = 53;

export const releaseName: Rule = {
  id: 'release-name',
  title: 'Every Helm release has a name of its own in its namespace, of at most 53 characters.',
  severity: 'error',
  why: 'Helm keeps a release under its namespace and name: two HelmReleases of one name upgrade each other in turn, for ever. A longer name is cut off and gets a hash, and with it every name in the chart.',
  bad: `new HelmRelease(this, 'cache', { chart: charts.redis, releaseName: 'redis' });
new HelmRelease(this, 'queue', { chart: charts.redis, releaseName: 'redis' });`,
  good: `new HelmRelease(this, 'cache', { chart: charts.redis, releaseName: 'cache' });
new HelmRelease(this, 'queue', { chart: charts.redis, releaseName: 'queue' });`,
  *check(scope) {
    const stored = new Map<string, Release>();
    for (const release of releasesOf(scope)) {
      if (release.name.length > most) yield tooLong(release);
      if (isForAnother(release.object)) continue;
      const storage =
        textIn(release.object.body, 'spec', 'storageNamespace') ?? release.object.namespace ?? '';
      const other = stored.get(`${storage}/${release.name}`);
      if (other && other.object.id !== release.object.id) yield twice(release, other, storage);
      else stored.set(`${storage}/${release.name}`, release);
    }
  },
};

function tooLong({ object, name }: Release): Violation {
  const message = `the release name ${name} has ${name.length} characters of at most ${most}: Flux cuts it off`;
  return {
    object,
    path: 'spec.releaseName',
    message,
    fix: `write a releaseName of at most ${most} characters`,
  };
}

function twice({ object, name }: Release, other: Release, namespace: string): Violation {
  const message = `${describe(other.object)}${madeAt(other.object)} is the release ${name} in ${namespace} as well`;
  return { object, path: 'spec.releaseName', message, fix: 'give each a releaseName of its own' };
}
