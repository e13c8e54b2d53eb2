import type { JsonObject } from '../../estate';
import type { LiveObject } from '../api/client';

/** Written to a webhook configuration of which a webhook is ignored, with the reason. */
export const IGNORED = 'lab.fluxwright.dev/ignored';

interface Webhook {
  readonly name: string;
  readonly failurePolicy?: string;
  readonly clientConfig: { readonly service?: { readonly namespace: string; readonly name: string } };
}

/** How a configuration has to change so that webhooks that no pod answers refuse nothing; nothing where all do. */
export function ignoredWebhooks(
  configuration: LiveObject,
  isAnswered: (namespace: string, service: string) => boolean,
): JsonObject | undefined {
  const webhooks = (configuration['webhooks'] ?? []) as readonly Webhook[];
  const isDead = ({ clientConfig: { service }, failurePolicy }: Webhook): boolean =>
    service !== undefined && failurePolicy !== 'Ignore' && !isAnswered(service.namespace, service.name);
  const dead = webhooks.filter(isDead).map(({ name }) => name);
  if (dead.length === 0) return undefined;
  const changed = webhooks.map((webhook) =>
    isDead(webhook) ? { ...webhook, failurePolicy: 'Ignore' } : webhook,
  );
  const annotations = { [IGNORED]: `no pod answers ${dead.join(', ')}` };
  return { metadata: { annotations }, webhooks: changed as unknown as JsonObject[] };
}

/** The Services that a real pod answers, or a program beside the cluster: `namespace/name`. */
export function answeredServices(
  slices: readonly LiveObject[],
  isPretended: (node: string) => boolean,
): Set<string> {
  const answered = slices.filter((slice) =>
    ((slice['endpoints'] ?? []) as readonly Endpoint[]).some(
      ({ nodeName, conditions }) =>
        conditions?.ready !== false && (nodeName === undefined || !isPretended(nodeName)),
    ),
  );
  return new Set(
    answered.map(
      ({ metadata }) => `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name']}`,
    ),
  );
}

interface Endpoint {
  readonly nodeName?: string;
  readonly conditions?: { readonly ready?: boolean };
}
