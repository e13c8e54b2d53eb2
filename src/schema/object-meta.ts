import type { SchemaNode } from './types';

const STRING: SchemaNode = { type: 'string' };
const STRINGS: SchemaNode = { type: 'object', additionalProperties: STRING };
const TIME: SchemaNode = { type: 'string', format: 'date-time', nullable: true };
const INT64: SchemaNode = { type: 'integer', format: 'int64' };

const OWNER_REFERENCE: SchemaNode = {
  type: 'object',
  required: ['apiVersion', 'kind', 'name', 'uid'],
  'x-kubernetes-map-type': 'atomic',
  properties: {
    apiVersion: STRING,
    blockOwnerDeletion: { type: 'boolean' },
    controller: { type: 'boolean' },
    kind: STRING,
    name: STRING,
    uid: STRING,
  },
};

/** The metadata of every object. CRDs do not repeat it: the API server adds it to their schemas, and so do we. */
export const OBJECT_META: SchemaNode = {
  type: 'object',
  properties: {
    annotations: STRINGS,
    creationTimestamp: TIME,
    deletionGracePeriodSeconds: INT64,
    deletionTimestamp: TIME,
    finalizers: { type: 'array', 'x-kubernetes-list-type': 'set', items: STRING },
    generateName: STRING,
    generation: INT64,
    labels: STRINGS,
    managedFields: {
      type: 'array',
      'x-kubernetes-list-type': 'atomic',
      items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
    name: STRING,
    namespace: STRING,
    ownerReferences: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['uid'],
      items: OWNER_REFERENCE,
    },
    resourceVersion: STRING,
    selfLink: STRING,
    uid: STRING,
  },
};

/** The root of a custom resource with its metadata: what the CRD asks of the name comes on top. */
export function withObjectMeta(root: SchemaNode): SchemaNode {
  const own = root.properties?.['metadata'] ?? {};
  const metadata = { ...OBJECT_META, ...own, properties: { ...OBJECT_META.properties, ...own.properties } };
  const properties = { apiVersion: STRING, kind: STRING, ...root.properties, metadata };
  return { ...root, type: 'object', properties };
}
