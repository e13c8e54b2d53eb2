import { groupOf, kindOf, versionOf } from '../../estate';
import { removedVersionOf } from '../facts/removed';
import type { Rule } from '../rule';

export const unservedVersion: Rule = {
  id: 'unserved-version',
  title: 'Every object has a version that its kind is served in.',
  severity: 'error',
  why: 'The API server answers "no matches for kind", and Flux applies nothing of the unit. Examples on the web are often written for versions that an operator has dropped since.',
  bad: `apiVersion: kafka.strimzi.io/v1beta2
kind: Kafka`,
  good: `apiVersion: kafka.strimzi.io/v1
kind: Kafka`,
  *check({ cluster, registry }) {
    for (const object of cluster.objects) {
      const info = registry.info(groupOf(object.apiVersion), object.kind);
      const version = versionOf(object.apiVersion);
      if (!info || info.served.length === 0 || info.served.includes(version) || removedVersionOf(object))
        continue;
      const served = info.served.map((one) => (info.group === '' ? one : `${info.group}/${one}`));
      const message = `${kindOf(object)} is not served in ${version}, only in ${info.served.join(', ')}`;
      yield { object, path: 'apiVersion', message, fix: `write apiVersion: ${served[0]}` };
    }
  },
};
