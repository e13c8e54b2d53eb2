import { describe, type EstateObject, numberIn, textsIn } from '../../estate';
import { quorumsOf } from '../facts/quorums';
import { releasesOf } from '../facts/releases';
import type { CheckScope, Rule, Violation } from '../rule';

export const evenQuorum: Rule = {
  id: 'even-quorum',
  title: 'A quorum has an odd number of members.',
  severity: 'error',
  why: 'An even number survives no more losses than the odd one below it, and is lost more often: of two members both are needed, of four three.',
  bad: 'replicas: 2 # of an etcd',
  good: 'replicas: 3',
  *check(scope) {
    for (const { workload, members } of quorumsOf(scope)) {
      if (isEven(members)) yield violation(workload.object, 'spec.replicas', members);
    }
    yield* inCustomResources(scope);
    yield* inValues(scope);
  },
};

function isEven(members: number | undefined): members is number {
  return members !== undefined && members > 0 && members % 2 === 0;
}

function violation(object: EstateObject, path: string, members: number): Violation {
  const spare = Math.floor((members - 1) / 2);
  const message = `${describe(object)} has ${members} voting members: only ${spare} may be lost, as of ${members - 1}`;
  return { object, path, message, fix: `write ${members + 1}, or ${members - 1}` };
}

function* inCustomResources({ of }: CheckScope): Iterable<Violation> {
  for (const object of of('kafka.strimzi.io/KafkaNodePool')) {
    const replicas = numberIn(object.body, 'spec', 'replicas');
    if (isEven(replicas) && textsIn(object.body, 'spec', 'roles').includes('controller'))
      yield violation(object, 'spec.replicas', replicas);
  }
}

/** Where charts of known quorums take the number of members from. */
const valuesOfCharts: { readonly [chart: string]: readonly string[] } = {
  consul: ['server', 'replicas'],
  nats: ['config', 'cluster', 'replicas'],
  etcd: ['replicaCount'],
  zookeeper: ['replicaCount'],
  vault: ['server', 'ha', 'replicas'],
};

function* inValues(scope: CheckScope): Iterable<Violation> {
  for (const { object, chart, values } of releasesOf(scope)) {
    const path = valuesOfCharts[chart?.name ?? ''];
    const members = path && numberIn(values, ...path);
    if (path && isEven(members)) yield violation(object, ['spec', 'values', ...path].join('.'), members);
  }
}
