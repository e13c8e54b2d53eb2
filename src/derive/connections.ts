import {
  append,
  type ClusterEstate,
  type EstateObject,
  kindOf,
  objectId,
  type ObjectId,
  podTemplateOf,
  type Reference,
} from '../estate';
import { hostsIn } from '../link/hosts';

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

/** Who talks to whom: host names in a workload and in the ConfigMaps and Secrets that it reads, and what was declared. */
export function connectionsOf(cluster: ClusterEstate): Connection[] {
  const byId = new Map(cluster.objects.map((object) => [object.id, object]));
  const readers = readersOf(cluster.references, byId);
  const shown = cluster.references
    .filter(isHost)
    .flatMap((reference) => readers(reference.from).map((client) => connectionOf(client, reference, byId)));
  const all = [...shown, ...declaredConnections(cluster, byId)];
  return [...new Map(all.map((connection) => [keyOf(connection), connection])).values()];
}

function keyOf({ client, namespace, service, port }: Connection): string {
  return [client.id, namespace, service, port ?? ''].join(' ');
}

function declaredConnections(
  { info, objects }: ClusterEstate,
  byId: ReadonlyMap<ObjectId, EstateObject>,
): Connection[] {
  return (info.connections ?? []).flatMap(({ client: { namespace, name }, endpoint }) => {
    const clients = objects.filter(
      (object) => object.namespace === namespace && object.name === name && podTemplateOf(object),
    );
    return clients.flatMap((client) =>
      hostsIn(endpoint, info.domain).map((host) => {
        const server = byId.get(objectId('v1', 'Service', host.namespace, host.service));
        return { client, ...host, ...(server === undefined ? {} : { server }) };
      }),
    );
  });
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
