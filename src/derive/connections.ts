import {
  append,
  type ClusterEstate,
  type EstateObject,
  kindOf,
  type ObjectId,
  podTemplateOf,
  type Reference,
} from '../estate';

/** A workload that talks to a Service. */
export interface Connection {
  readonly client: EstateObject;
  readonly namespace: string;
  readonly service: string;
  /** The object that is or brings the Service; absent where it is from elsewhere. */
  readonly server?: EstateObject;
  /** The Service's port, where it was written beside its name. */
  readonly port?: number;
}

/** Who talks to whom: host names in a workload, and in the ConfigMaps and Secrets that it reads. */
export function connectionsOf(cluster: ClusterEstate): Connection[] {
  const byId = new Map(cluster.objects.map((object) => [object.id, object]));
  const readers = readersOf(cluster.references, byId);
  const found = new Map<string, Connection>();
  for (const reference of cluster.references.filter(isHost)) {
    for (const client of readers(reference.from)) {
      const connection = connectionOf(client, reference, byId);
      found.set(
        [client.id, connection.namespace, connection.service, connection.port ?? ''].join(' '),
        connection,
      );
    }
  }
  return [...found.values()];
}

function isHost({ target, path, from }: Reference): boolean {
  return target.kind === 'Service' && !path.endsWith('serviceName') && !from.includes('WebhookConfiguration');
}

function connectionOf(
  client: EstateObject,
  { target, to }: Reference,
  byId: ReadonlyMap<ObjectId, EstateObject>,
): Connection {
  const server = to === undefined ? undefined : byId.get(to);
  return {
    client,
    namespace: target.namespace ?? '',
    service: target.name,
    ...(server === undefined ? {} : { server }),
    ...(target.port === undefined ? {} : { port: target.port }),
  };
}

/** The workloads that act on what an object says: itself, or those that read it. */
function readersOf(
  references: readonly Reference[],
  byId: ReadonlyMap<ObjectId, EstateObject>,
): (id: ObjectId) => readonly EstateObject[] {
  const readers = new Map<ObjectId, EstateObject[]>();
  for (const { from, to, target } of references) {
    const reader = byId.get(from);
    if (to === undefined || !reader || !podTemplateOf(reader)) continue;
    if (target.kind === 'ConfigMap' || target.kind === 'Secret') append(readers, to, reader);
  }
  return (id) => {
    const object = byId.get(id);
    if (object && podTemplateOf(object)) return [object];
    const configuration = object && (kindOf(object) === 'ConfigMap' || kindOf(object) === 'Secret');
    return configuration ? (readers.get(id) ?? []) : [];
  };
}
