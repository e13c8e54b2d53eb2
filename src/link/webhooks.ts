import type { EstateObject, JsonObject, ObjectId } from '../estate';
import { append, groupOf, kindOf, labelsOf, matchesSelector } from '../estate';
import type { SchemaRegistry } from '../schema/types';
import type { Mention } from './scan';

interface Webhook {
  readonly name: string;
  readonly failurePolicy?: string;
  readonly clientConfig?: { readonly service?: { readonly name: string; readonly namespace: string } };
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
  }[];
  readonly namespaceSelector?: JsonObject;
  readonly objectSelector?: JsonObject;
}

const configurations = new Set([
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
]);

/**
 * Which objects a webhook has to admit: they need the Service that answers for it. A webhook that matches every
 * kind would have its own Namespace wait for itself, so it counts as something to talk to, not as a gate.
 */
export function webhookMentions(
  objects: readonly EstateObject[],
  registry: SchemaRegistry,
): ReadonlyMap<ObjectId, readonly Mention[]> {
  const found = new Map<ObjectId, Mention[]>();
  const namespaces = new Map(
    objects.filter((object) => kindOf(object) === 'Namespace').map((object) => [object.name, object]),
  );
  for (const configuration of objects.filter((object) => configurations.has(kindOf(object)))) {
    const webhooks = (configuration.body['webhooks'] ?? []) as unknown as readonly Webhook[];
    for (const webhook of webhooks.filter(gates)) {
      const matched = objects.filter(
        (object) => object.chart !== configuration.chart && admits(webhook, object, namespaces, registry),
      );
      for (const object of matched) append(found, object.id, mention(webhook));
    }
  }
  return found;
}

function gates(webhook: Webhook): boolean {
  return webhook.failurePolicy !== 'Ignore' && webhook.clientConfig?.service !== undefined;
}

function mention(webhook: Webhook): Mention {
  const { name, namespace } = webhook.clientConfig?.service ?? { name: '', namespace: '' };
  const any = (webhook.rules ?? []).some((rule) =>
    rule.resources?.some((resource) => resource.startsWith('*')),
  );
  const strength = any ? 'runtime' : 'admission';
  return { path: 'apiVersion', target: { kind: 'Service', namespace, name }, strength, optional: false };
}

function admits(
  webhook: Webhook,
  object: EstateObject,
  namespaces: ReadonlyMap<string, EstateObject>,
  registry: SchemaRegistry,
): boolean {
  const group = groupOf(object.apiVersion);
  const plural = registry.info(group, object.kind)?.plural ?? `${object.kind.toLowerCase()}s`;
  const ruled = (webhook.rules ?? []).some(
    (rule) => has(rule.apiGroups, group) && has(rule.resources, plural),
  );
  if (!ruled) return false;
  const own =
    webhook.objectSelector === undefined || matchesSelector(webhook.objectSelector, labelsOf(object.body));
  if (!own || webhook.namespaceSelector === undefined || object.namespace === undefined) return own;
  const namespace = namespaces.get(object.namespace);
  const labels = {
    'kubernetes.io/metadata.name': object.namespace,
    ...(namespace ? labelsOf(namespace.body) : {}),
  };
  return matchesSelector(webhook.namespaceSelector, labels);
}

function has(list: readonly string[] | undefined, name: string): boolean {
  return list?.some((item) => item === '*' || item === '*/*' || item === name) ?? false;
}
