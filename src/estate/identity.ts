import { textIn } from './fields';
import { textMapIn } from './fields';
import type { EstateObject, JsonObject, ObjectId } from './types';

/** The group of an `apiVersion`; empty for core kinds. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The version of an `apiVersion`, e.g. `v1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** The identity of an object: `group/Kind/namespace/name`. */
export function objectId(
  apiVersion: string,
  kind: string,
  namespace: string | undefined,
  name: string,
): ObjectId {
  return `${groupOf(apiVersion)}/${kind}/${namespace ?? ''}/${name}`;
}

/** How a person would call an object: `Deployment shop/api`. */
export function describe(object: Pick<EstateObject, 'kind' | 'namespace' | 'name'>): string {
  return object.namespace
    ? `${object.kind} ${object.namespace}/${object.name}`
    : `${object.kind} ${object.name}`;
}

/** A kind with its group, as tables write it: `Service`, `apps/StatefulSet`, `kafka.strimzi.io/Kafka`. */
export function kindOf({ apiVersion, kind }: Pick<EstateObject, 'apiVersion' | 'kind'>): string {
  const known = kinds.get(apiVersion)?.get(kind);
  return known ?? rememberKind(apiVersion, kind);
}

/** Every object is asked for its kind many times, and there are few kinds. */
const kinds = new Map<string, Map<string, string>>();

function rememberKind(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  const full = group === '' ? kind : `${group}/${kind}`;
  const ofVersion = kinds.get(apiVersion) ?? new Map<string, string>();
  kinds.set(apiVersion, ofVersion.set(kind, full));
  return full;
}

/** The labels of an object, or none. */
export function labelsOf(body: JsonObject): { readonly [key: string]: string } {
  return textMapIn(body, 'metadata', 'labels');
}

/** The annotations of an object, or none. */
export function annotationsOf(body: JsonObject): { readonly [key: string]: string } {
  return textMapIn(body, 'metadata', 'annotations');
}

/** The group and the kind of a kind with its group. */
export function splitKind(kind: string): [group: string, kind: string] {
  const slash = kind.lastIndexOf('/');
  return slash < 0 ? ['', kind] : [kind.slice(0, slash), kind.slice(slash + 1)];
}

/** Whether objects of a kind live in namespaces; undefined where nobody knows the kind. */
export type IsNamespaced = (group: string, kind: string) => boolean | undefined;

/** What an object says of itself; empty where it says nothing. */
export function identityOf(
  body: JsonObject,
): Pick<EstateObject, 'id' | 'apiVersion' | 'kind' | 'namespace' | 'name' | 'body'> {
  const apiVersion = textIn(body, 'apiVersion') ?? '';
  const kind = textIn(body, 'kind') ?? '';
  const name = textIn(body, 'metadata', 'name') ?? '';
  const namespace = textIn(body, 'metadata', 'namespace');
  const id = objectId(apiVersion, kind, namespace, name);
  return namespace === undefined
    ? { id, apiVersion, kind, name, body }
    : { id, apiVersion, kind, namespace, name, body };
}
