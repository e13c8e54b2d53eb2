import { KEYWORDS, mapChildren } from './compact';
import type { SchemaNode } from './types';

/** Roots in which what occurs more than once is a reference into `defs`. */
export interface Shared {
  readonly roots: readonly SchemaNode[];
  readonly defs: { readonly [name: string]: SchemaNode };
}

/** Below this many characters a copy is shorter, or no longer to read, than a reference. */
const WORTH_SHARING = 60;

interface Interned {
  readonly node: SchemaNode;
  readonly hint: string;
  readonly size: number;
  uses: number;
  name?: string;
}

/**
 * Shares equal sub-schemas between and inside schemas. Equal schemas give equal text: names follow
 * from the first property that holds a shared node, and from nothing else.
 */
export function shareNodes(roots: readonly SchemaNode[]): Shared {
  const pool = new Pool();
  const interned = roots.map((root) => pool.intern(root, 'root'));
  const defs: Record<string, SchemaNode> = {};
  const written = interned.map((entry) => pool.expand(entry, defs));
  return {
    roots: written,
    defs: Object.fromEntries(Object.entries(defs).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A schema with its keywords in the order of {@link KEYWORDS}, so that equal schemas are equal text. */
function ordered(node: SchemaNode): SchemaNode {
  return Object.fromEntries(KEYWORDS.filter((key) => node[key] !== undefined).map((key) => [key, node[key]]));
}

/** Every distinct node once. While interning, a child is stood for by a reference to its number. */
class Pool {
  private readonly entries: Interned[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly names = new Set<string>();

  intern(node: SchemaNode, hint: string): Interned {
    return this.entries[this.number(node, hint)]!;
  }

  write(entry: Interned, defs: Record<string, SchemaNode>): SchemaNode {
    const shared = entry.uses > 1 && entry.size >= WORTH_SHARING;
    if (!shared) return this.expand(entry, defs);
    if (entry.name === undefined) {
      entry.name = this.unused(entry.hint);
      defs[entry.name] = this.expand(entry, defs);
    }
    return { $ref: `#/defs/${entry.name}` };
  }

  private number(node: SchemaNode, hint: string): number {
    let size = 0;
    const shallow = mapChildren(ordered(node), (child, name) => {
      const number = this.number(child, name);
      size += this.entries[number]!.size;
      return { $ref: String(number) };
    });
    const key = JSON.stringify(shallow);
    const known = this.numbers.get(key);
    if (known === undefined) return this.add(key, { node: shallow, hint, size: size + key.length, uses: 1 });
    this.entries[known]!.uses++;
    return known;
  }

  private add(key: string, entry: Interned): number {
    this.numbers.set(key, this.entries.length);
    this.entries.push(entry);
    return this.entries.length - 1;
  }

  /** A node with what it shares as references; never one itself, as a root has to be. */
  expand(entry: Interned, defs: Record<string, SchemaNode>): SchemaNode {
    return mapChildren(entry.node, (child) => this.write(this.entries[Number(child.$ref)]!, defs));
  }

  private unused(hint: string): string {
    const plain = hint.replaceAll(/[^\w-]/g, '_');
    let name = plain;
    for (let count = 2; this.names.has(name); count++) name = `${plain}${count}`;
    this.names.add(name);
    return name;
  }
}
