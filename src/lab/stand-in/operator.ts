import { type ClusterEstate, groupOf, splitKind, kindOf, versionOf } from '../../estate';
import type { KindSchema, SchemaRegistry } from '../../schema/types';
import type { KubeClient, LiveObject } from '../api/client';

/** A kind whose operator is absent. */
export type OperatedKind = Pick<KindSchema, 'group' | 'version' | 'plural'>;

/** The groups whose controllers a lab really has. */
const REAL = /(^|\.)k8s\.io$|\.fluxcd\.io$|^cert-manager\.io$/;

/** The custom kinds of a cluster's objects that report a status and have no controller in a lab. */
export function operatedKinds({ objects }: ClusterEstate, registry: SchemaRegistry): OperatedKind[] {
  const versions = new Map(objects.map((object) => [kindOf(object), object.apiVersion]));
  return [...versions].flatMap(([key, apiVersion]) => {
    const group = groupOf(apiVersion);
    if (!group.includes('.') || REAL.test(group)) return [];
    const schema = registry.kind(apiVersion, splitKind(key)[1]);
    const hasStatus = schema?.root.properties?.['status'] !== undefined;
    return schema && hasStatus ? [{ group, version: versionOf(apiVersion), plural: schema.plural }] : [];
  });
}

/**
 * Does for custom resources what an absent operator would say of them: some seconds after each change they are Ready.
 * Returns what ends it.
 */
export function standInOperator(
  client: KubeClient,
  kinds: readonly OperatedKind[],
  seconds: number,
): () => void {
  const timers = new Set<NodeJS.Timeout>();
  const stops = kinds.map((kind) =>
    client.follow(`/apis/${kind.group}/${kind.version}/${kind.plural}`, ({ type, object }) => {
      if (type === 'DELETED' || isSeen(object)) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        void sayReady(client, kind, object);
      }, seconds * 1000);
      timers.add(timer);
    }),
  );
  return () => {
    for (const stop of stops) stop();
    for (const timer of timers) clearTimeout(timer);
  };
}

function isSeen({ metadata, status }: LiveObject): boolean {
  return status?.['observedGeneration'] === metadata.generation;
}

/** A resource that is gone by then, or changed again, needs no answer. */
async function sayReady(client: KubeClient, kind: OperatedKind, { metadata }: LiveObject): Promise<void> {
  const { name, namespace, generation = 1 } = metadata;
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'StandIn',
    message: 'said by what stands in for the operator',
    lastTransitionTime: new Date().toISOString(),
  };
  const status = { observedGeneration: generation, conditions: [ready] };
  const path = `/apis/${kind.group}/${kind.version}${scope}/${kind.plural}/${name}/status`;
  await client.request('PATCH', path, { status }).catch(() => undefined);
}
