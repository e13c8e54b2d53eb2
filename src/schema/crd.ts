import type { Json, JsonObject } from '../estate';
import { isObject } from './compact';
import type { KindInfo } from './types';

/** One version of a CRD, its schema as published. */
export interface CrdVersion {
  readonly name: string;
  readonly schema: Json | undefined;
}

/** A CRD taken apart: what is known of its kind, and its versions, the storage version first. */
export interface Crd {
  readonly info: KindInfo;
  readonly versions: readonly CrdVersion[];
}

/** Whether an object is a CustomResourceDefinition, of whatever version. */
export function isCrd(body: JsonObject): boolean {
  return (
    body['kind'] === 'CustomResourceDefinition' &&
    text(body['apiVersion']).startsWith('apiextensions.k8s.io/')
  );
}

/**
 * Takes a CRD apart.
 * @throws Where it is none that Kubernetes would take, saying what it lacks.
 */
export function readCrd(body: JsonObject): Crd {
  const name = nameOf(body);
  if (body['apiVersion'] !== 'apiextensions.k8s.io/v1') {
    throw new Error(
      `CRD ${name} is ${text(body['apiVersion'])}, removed in Kubernetes 1.22: use its apiextensions.k8s.io/v1 form`,
    );
  }
  const spec = objectAt(body, 'spec', name);
  const names = objectAt(spec, 'names', name);
  const versions = storageFirst(spec['versions'], name);
  const info = {
    group: textAt(spec, 'group', name),
    kind: textAt(names, 'kind', name),
    plural: textAt(names, 'plural', name),
    namespaced: spec['scope'] !== 'Cluster',
    served: versions.filter((version) => version['served'] !== false).map(versionName),
    unserved: versions.filter((version) => version['served'] === false).map(versionName),
  };
  return {
    info,
    versions: versions.map((version) => ({ name: versionName(version), schema: schemaOf(version) })),
  };
}

function storageFirst(versions: Json | undefined, crd: string): readonly JsonObject[] {
  const list = Array.isArray(versions) ? versions.filter(isObject) : [];
  if (list.length === 0)
    throw new Error(`CRD ${crd} has no spec.versions: write at least one, with its schema`);
  return list.toSorted((a, b) => Number(b['storage'] === true) - Number(a['storage'] === true));
}

function versionName(version: JsonObject): string {
  return text(version['name']);
}

function schemaOf(version: JsonObject): Json | undefined {
  return isObject(version['schema']) ? version['schema']['openAPIV3Schema'] : undefined;
}

function nameOf(body: JsonObject): string {
  return (isObject(body['metadata']) && text(body['metadata']['name'])) || '(without a name)';
}

function objectAt(parent: JsonObject, field: string, crd: string): JsonObject {
  const value = parent[field];
  if (!isObject(value))
    throw new Error(`CRD ${crd} has no ${field}: it is not a complete CustomResourceDefinition`);
  return value;
}

function textAt(parent: JsonObject, field: string, crd: string): string {
  const value = parent[field];
  if (typeof value !== 'string')
    throw new Error(`CRD ${crd} has no ${field}: it is not a complete CustomResourceDefinition`);
  return value;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
