import type { Json, JsonObject } from '../estate';

/** A rule in the Common Expression Language, as `x-kubernetes-validations` holds them. */
export interface CelRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/**
 * A node of a schema: the dialect of CRDs and of Kubernetes' OpenAPI under its own names, without prose.
 * `$ref` is `#/defs/<name>` and stands alone or beside `default`.
 */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly nullable?: boolean;
  readonly properties?: { readonly [name: string]: SchemaNode };
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: Json;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean | number;
  readonly exclusiveMaximum?: boolean | number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly not?: SchemaNode;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
}

/** What is known of a kind without loading its schema. */
export interface KindInfo {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Served versions, the storage version first. */
  readonly served: readonly string[];
  /** Versions that exist in the CRD but are not served, or were removed from Kubernetes. */
  readonly unserved: readonly string[];
}

/** Everything needed to judge one object of one kind and version. */
export interface KindSchema extends KindInfo {
  readonly version: string;
  readonly root: SchemaNode;
  /** What `$ref`s of `root` point at. Kinds of one file share the same object. */
  readonly defs: { readonly [name: string]: SchemaNode };
}

/** A port of a Service that a chart brings. */
export interface ProvidedPort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
}

/**
 * What one installation of a chart brings, with `{release}` and `{namespace}` where these names go, and
 * `{fullname:<chart>}` where Helm's usual rule makes a name out of the release's and the chart's. `providedBy` fills
 * them in.
 */
export interface ProvidedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly ports?: readonly ProvidedPort[];
}

/** What is known of one version of a chart. */
export interface ChartKnowledge {
  readonly name: string;
  readonly version: string;
  /** True where its templates were not seen: it may read values that its defaults do not show. */
  readonly guessed?: boolean;
  /** An object without `x-kubernetes-preserve-unknown-fields` takes only the values that it names. */
  readonly values: SchemaNode;
  readonly defs: { readonly [name: string]: SchemaNode };
  /** What Helm itself judges the values by, with the defaults that they are laid over; absent where it has no schema. */
  readonly judged?: { readonly schema: JsonObject; readonly defaults: JsonObject };
  /** Objects that it installs with its default values; absent where nobody has looked. */
  readonly objects?: readonly ProvidedObject[];
  /** `<plural>.<group>` of the CRDs that it brings. */
  readonly crds: readonly string[];
}

/** Looks kinds and charts up; loads what is asked for, once. */
export interface SchemaRegistry {
  /** The schema of a kind at a version; undefined where the kind or the version is unknown. */
  kind(apiVersion: string, kind: string): KindSchema | undefined;
  /** What is known of a kind, whatever the version. */
  info(group: string, kind: string): KindInfo | undefined;
  /** The kind of a resource, e.g. `kafkas.kafka.strimzi.io`. */
  infoOfCrd(name: string): KindInfo | undefined;
  /** What is known of a chart; the nearest known version where this one is not. */
  chart(name: string, version: string): ChartKnowledge | undefined;
}
