import type { Json } from '../estate';
import type { SchemaNode } from '../schema/types';

/** Names that generated files use themselves. */
const RESERVED = ['ApiObjectMetadata', 'Chart', 'Construct', 'KubeObject', 'Record'];

type Defs = { readonly [name: string]: SchemaNode };

/** How a file of types is written. */
export interface TypeOptions {
  /** The type of a definition that has a name of its own; undefined where it is named by its path. */
  readonly typeOfDef?: (name: string) => string | undefined;
  /** Whether fields are those of Helm values: all have defaults, and `null` takes a default away. */
  readonly helmValues?: boolean;
}

/**
 * Writes TypeScript interfaces for schemas. Equal interfaces are written once, under the name that the first path
 * to them gave.
 */
export class TypeWriter {
  private readonly names = new Set<string>(RESERVED);
  private readonly named = new Map<string, string>();
  private readonly bodies = new Map<string, string>();
  private readonly known = new Map<Defs, Map<string, string>>();

  constructor(private readonly options: TypeOptions = {}) {}

  /** A name that nothing else has, as near to the wanted one as possible. */
  claim(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.names.has(name); count++) name = `${wanted}${count}`;
    this.names.add(name);
    return name;
  }

  /** The type of a schema; the interfaces that it needs are named after the path. */
  typeOf(node: SchemaNode, defs: Defs, path: string): string {
    const type =
      node.$ref === undefined ? this.plainType(node, defs, path) : this.typeOfRef(node.$ref, defs, path);
    return node.nullable && type !== 'unknown' ? `${type} | null` : type;
  }

  /** Writes an interface under a name that is already claimed. */
  write(name: string, members: readonly string[]): void {
    this.bodies.set(name, members.join('\n'));
  }

  /** The members of an interface. */
  members(node: SchemaNode, defs: Defs, path: string): string[] {
    const required = new Set(this.options.helmValues ? [] : node.required);
    const members = Object.entries(node.properties ?? {}).map(([name, child]) => {
      const type = this.orNull(this.typeOf(child, defs, path + pascal(name)));
      return `  readonly ${propertyName(name)}${required.has(name) ? '' : '?'}: ${type};`;
    });
    return isOpen(node) ? [...members, '  readonly [key: string]: unknown;'] : members;
  }

  /** All interfaces, sorted by name. */
  interfaces(): string[] {
    return [...this.bodies]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, body]) =>
        body === '' ? `export interface ${name} {}` : `export interface ${name} {\n${body}\n}`,
      );
  }

  private orNull(type: string): string {
    return !this.options.helmValues || type === 'unknown' || type.endsWith('| null')
      ? type
      : `${type} | null`;
  }

  private typeOfRef(ref: string, defs: Defs, path: string): string {
    const name = ref.slice('#/defs/'.length);
    const target = defs[name];
    if (target === undefined) return 'unknown';
    const own = this.options.typeOfDef?.(name);
    if (own !== undefined) return own;
    if (!this.known.has(defs)) this.known.set(defs, new Map());
    const types = this.known.get(defs)!;
    if (!types.has(name)) types.set(name, this.typeOf(target, defs, path));
    return types.get(name)!;
  }

  private plainType(node: SchemaNode, defs: Defs, path: string): string {
    if (node.enum) return union(node.enum.map(literal));
    if (node['x-kubernetes-int-or-string']) return 'number | string';
    if (node.type === 'array')
      return `readonly ${grouped(node.items ? this.typeOf(node.items, defs, path) : 'unknown')}[]`;
    if (node.type === 'object' || node.properties) return this.objectType(node, defs, path);
    if (node.type) return SCALARS[node.type];
    return union(
      (node.anyOf ?? []).map(({ type }) => (type && type in SCALARS ? SCALARS[type as Scalar] : 'unknown')),
    );
  }

  private objectType(node: SchemaNode, defs: Defs, path: string): string {
    if (node.properties && Object.keys(node.properties).length > 0)
      return this.interfaceFor(node, defs, path);
    const values = node.additionalProperties;
    const type = typeof values === 'object' ? this.typeOf(values, defs, path) : 'unknown';
    return `Record<string, ${type}>`;
  }

  private interfaceFor(node: SchemaNode, defs: Defs, path: string): string {
    const members = this.members(node, defs, path);
    const body = members.join('\n');
    const known = this.named.get(body);
    if (known !== undefined) return known;
    const name = this.claim(path);
    this.named.set(body, name);
    this.write(name, members);
    return name;
  }
}

type Scalar = 'string' | 'integer' | 'number' | 'boolean';

const SCALARS: Record<Scalar, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};

/** A name for a type out of one for a field: `on/off` gives `OnOff`. */
export function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** A name for a constant: `strimzi-kafka-operator` gives `strimziKafkaOperator`. */
export function camel(name: string): string {
  const joined = pascal(name);
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

/** A text as a TypeScript literal. */
export function literal(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return `'${JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

function isOpen(node: SchemaNode): boolean {
  return Boolean(node['x-kubernetes-preserve-unknown-fields']) || Boolean(node.additionalProperties);
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 0 || distinct.includes('unknown') ? 'unknown' : distinct.join(' | ');
}

function grouped(type: string): string {
  return /[ ]/.test(type) && !type.startsWith('Record<') ? `(${type})` : type;
}
