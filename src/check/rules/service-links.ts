import { describe, type EstateObject, textIn } from '../../estate';
import { imageOf } from '../facts/images';
import { isAlias, isHeadless, servicesIn } from '../facts/services';
import { workloadsOf } from '../facts/workloads';
import type { CheckScope, Rule } from '../rule';

/** Programs that read every variable with a prefix as configuration, by the last part of their image. */
const readers: readonly { readonly image: RegExp; readonly prefix: string }[] = [
  { image: /^(cp-)?kafka(-native)?$/, prefix: 'KAFKA_' },
  { image: /^cp-schema-registry$/, prefix: 'SCHEMA_REGISTRY_' },
  { image: /^cp-kafka-connect/, prefix: 'CONNECT_' },
  { image: /^kurrentdb$/, prefix: 'KURRENTDB_' },
  { image: /^eventstore$/, prefix: 'EVENTSTORE_' },
  { image: /^karapace$/, prefix: 'KARAPACE_' },
  { image: /^registry$/, prefix: 'REGISTRY_' },
];

export const serviceLinks: Rule = {
  id: 'service-links',
  title: 'No Service puts variables into pods that read them as configuration.',
  severity: 'error',
  why: 'Kubernetes gives every pod variables such as KAFKA_PORT=tcp://… for each Service of its namespace. A program that reads KAFKA_* as its settings does not start, or starts with that as its port.',
  bad: `kind: Service
metadata: { name: kafka }
---
kind: StatefulSet # apache/kafka in the same namespace`,
  good: `kind: StatefulSet
spec: { template: { spec: { enableServiceLinks: false } } }`,
  *check(scope) {
    for (const { object, template, containers } of workloadsOf(scope)) {
      if (template.spec['enableServiceLinks'] === false) continue;
      const names = containers.map(({ container }) => imageOf(textIn(container, 'image') ?? '').name);
      const reader = readers.find(({ image }) => names.some((name) => image.test(name)));
      const service = reader && serviceWith(reader.prefix, object, scope);
      if (!service) continue;
      const message = `${describe(service)} gives ${describe(object)} variables that begin with ${reader.prefix}, which it reads as its settings`;
      yield {
        object,
        path: `${template.path}.enableServiceLinks`,
        message,
        fix: 'write enableServiceLinks: false',
      };
    }
  },
};

/** Only Services with an address of their own make variables. */
function serviceWith(
  prefix: string,
  { namespace = '' }: EstateObject,
  scope: CheckScope,
): EstateObject | undefined {
  return servicesIn(scope, namespace).find(
    (service) =>
      `${service.name.toUpperCase().replaceAll('-', '_')}_`.startsWith(prefix) &&
      !isHeadless(service) &&
      !isAlias(service),
  );
}
