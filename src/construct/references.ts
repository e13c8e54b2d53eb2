import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Cluster } from './cluster';

/**
 * Where something answers: its full host name and port, as plain text. Whoever's manifest contains it, in
 * whatever field or file, is installed after what answers there.
 */
export type Endpoint = `${string}:${number}`;

/** A key of a Secret, in the form that an environment variable takes it. */
export interface SecretKey {
  readonly secretKeyRef: { readonly name: string; readonly key: string; readonly optional?: boolean };
}

/** A key of a ConfigMap, in the form that an environment variable takes it. */
export interface ConfigKey {
  readonly configMapKeyRef: { readonly name: string; readonly key: string; readonly optional?: boolean };
}

/** A field of the pod itself, in the form that an environment variable takes it. */
export interface FieldKey {
  readonly fieldRef: { readonly fieldPath: string };
}

/** A key of a Secret in the same namespace. */
export function secretKey(secret: string | ApiObject, key: string): SecretKey {
  return { secretKeyRef: { name: nameOf(secret), key } };
}

/** A key of a ConfigMap in the same namespace. */
export function configKey(configMap: string | ApiObject, key: string): ConfigKey {
  return { configMapKeyRef: { name: nameOf(configMap), key } };
}

/** A field of the pod, e.g. `status.podIP`. */
export function podField(fieldPath: string): FieldKey {
  return { fieldRef: { fieldPath } };
}

/**
 * Where a Service answers. `scope` says in which cluster, and in which namespace if none is given.
 *
 * @example
 * serviceEndpoint(this, 'kafka-bootstrap', 9092, 'queuing') // kafka-bootstrap.queuing.svc.cluster.local:9092
 */
export function serviceEndpoint(
  scope: IConstruct,
  service: string,
  port: number,
  namespace?: string,
): Endpoint {
  const own = namespace ?? namespaceOf(scope);
  const domain = Cluster.tryOf(scope)?.domain ?? 'cluster.local';
  return `${service}.${own}.svc.${domain}:${port}`;
}

/** The host name of an endpoint. */
export function hostOf(endpoint: Endpoint): string {
  return endpoint.slice(0, endpoint.lastIndexOf(':'));
}

/** The port of an endpoint. */
export function portOf(endpoint: Endpoint): number {
  return Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
}

/** The namespace that objects made below a construct are in. */
export function namespaceOf(construct: IConstruct): string {
  if (ApiObject.isApiObject(construct)) {
    const { namespace } = construct.metadata;
    if (namespace !== undefined) return namespace;
  }
  const scopes = construct.node.scopes.toReversed() as (IConstruct & { readonly namespace?: unknown })[];
  const chart = scopes.find((scope) => typeof scope.namespace === 'string');
  if (chart) return chart.namespace as string;
  throw new Error(`${construct.node.path} has no namespace: give its chart one, or name one here`);
}

function nameOf(object: string | ApiObject): string {
  return typeof object === 'string' ? object : object.name;
}
