import type { SchemaNode } from '../types';
import { resolve } from '../validate/scope';

/** What is known of an expression's value before it is evaluated. */
export interface StaticType {
  readonly kind:
    | 'dyn'
    | 'int'
    | 'double'
    | 'object'
    | 'map'
    | 'list'
    | 'timestamp'
    | 'date'
    | 'duration'
    | 'bytes'
    | 'other';
  /** The type of a field of an object; undefined where it has none of that name. */
  readonly field?: (name: string) => StaticType | undefined;
  /** The type of the items of a list and of the values of a map. */
  readonly element?: () => StaticType;
  /** How the items of a list are told apart: `set`, or the keys of a map. */
  readonly identity?: 'set' | readonly string[];
}

/** Nothing is known. */
export const dyn: StaticType = { kind: 'dyn' };

/** A whole number. */
export const int: StaticType = { kind: 'int' };

/** A number that need not be whole. */
export const double: StaticType = { kind: 'double' };

/** A list of items of one type. */
export function listOf(element: StaticType): StaticType {
  return { kind: 'list', element: () => element };
}

type Defs = { readonly [name: string]: SchemaNode };

const known = new WeakMap<SchemaNode, StaticType>();

/** The type of what a schema describes, as the API server declares it to CEL. */
export function typeOfSchema(reference: SchemaNode, defs: Defs): StaticType {
  const node = resolve(reference, defs);
  let type = known.get(node);
  if (!type) {
    type = declare(node, defs);
    known.set(node, type);
  }
  return type;
}

const scalars: { readonly [type: string]: StaticType } = {
  integer: int,
  number: double,
  boolean: { kind: 'other' },
};

const formats: { readonly [format: string]: StaticType } = {
  byte: { kind: 'bytes' },
  date: { kind: 'date' },
  'date-time': { kind: 'timestamp' },
  duration: { kind: 'duration' },
};

function declare(node: SchemaNode, defs: Defs): StaticType {
  if (node['x-kubernetes-int-or-string']) return dyn;
  if (node.type === 'string') return formats[node.format ?? ''] ?? { kind: 'other' };
  if (node.type === 'array') return declareList(node, defs);
  if (node.type === 'object') return declareObject(node, defs);
  return scalars[node.type ?? ''] ?? dyn;
}

function declareList(node: SchemaNode, defs: Defs): StaticType {
  const element = (): StaticType => (node.items ? typeOfSchema(node.items, defs) : dyn);
  const listType = node['x-kubernetes-list-type'];
  if (listType === 'set') return { kind: 'list', element, identity: 'set' };
  const keys = node['x-kubernetes-list-map-keys'];
  return listType === 'map' && keys ? { kind: 'list', element, identity: keys } : { kind: 'list', element };
}

const embedded: { readonly [field: string]: SchemaNode } = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { type: 'object', properties: { name: { type: 'string' }, generateName: { type: 'string' } } },
};

function declareObject(node: SchemaNode, defs: Defs): StaticType {
  const additional = node.additionalProperties;
  if (typeof additional === 'object') return { kind: 'map', element: () => typeOfSchema(additional, defs) };
  if (
    !node.properties &&
    node['x-kubernetes-preserve-unknown-fields'] &&
    !node['x-kubernetes-embedded-resource']
  )
    return dyn;
  const properties = { ...(node['x-kubernetes-embedded-resource'] && embedded), ...node.properties };
  const field = (name: string): StaticType | undefined => {
    const child = properties[unescapeName(name)];
    return child && typeOfSchema(child, defs);
  };
  return { kind: 'object', field };
}

const escapes: { readonly [word: string]: string } = { underscores: '__', dot: '.', dash: '-', slash: '/' };

/** The name of a property behind the name that rules must use for it: `__namespace__`, `foo__dash__bar`. */
export function unescapeName(name: string): string {
  if (!name.includes('__')) return name;
  return name
    .replace(/__(underscores|dot|dash|slash)__/g, (_, word: string) => escapes[word]!)
    .replace(/^__([a-z]+)__$/, '$1');
}
