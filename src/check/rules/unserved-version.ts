import { kindOf, versionOf } from '../../estate';
import { removedVersionOf } from '../facts/removed';
import { typesOf } from '../facts/types';
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
  *check(scope) {
    for (const type of typesOf(scope)) {
      const info = scope.registry.info(type.group, type.kind);
      const version = versionOf(type.apiVersion);
      if (!info || info.served.length === 0 || info.served.includes(version) || removedVersionOf(type))
        continue;
      const served = info.served.map((one) => (info.group === '' ? one : `${info.group}/${one}`));
      const message = `${kindOf(type)} is not served in ${version}, only in ${info.served.join(', ')}`;
      const fix = `write apiVersion: ${served[0]}`;
      for (const object of type.objects) yield { object, path: 'apiVersion', message, fix };
    }
  },
};
