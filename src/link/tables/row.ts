import type { Strength } from '../../estate';

/**
 * A field that names another object. `at` leads to the map that holds the field: segments between dots, `[]` for
 * the items of a list, `*` for any key, `**` for any fields in between, quotes around a segment that holds a dot.
 */
export interface ReferenceRow {
  readonly at: string;
  /** The field with the name, or with `namespace/name`; `[]` where `at` leads to a list of names. */
  readonly name: string;
  /** The kind with its group; or the fields beside the name that say it, with a default. */
  readonly kind: string | KindFields;
  readonly strength: Strength;
  /**
   * A field beside the name with the namespace; after `/`, a field of the whole object; after `=`, the namespace
   * itself. Without one it is the object's own.
   */
  readonly namespace?: string;
  /** A field beside the name with the key in a ConfigMap or Secret; or, after `=`, the key itself. */
  readonly key?: string;
  /** True where the object lives without it, whatever an `optional` beside the name says. */
  readonly optional?: boolean;
  /** Words that stand where a name would, and name nothing. */
  readonly except?: readonly string[];
}

/** Where a reference says the kind of its target. */
export interface KindFields {
  readonly kind?: string;
  /** The field with the group, or with an apiVersion. */
  readonly group?: string;
  /** The kind with its group, where the fields above are left out; their group is the default group. */
  readonly otherwise: string;
}

/** Rows of one kind, by the kind with its group; `*` for rows that hold for every kind. */
export type ReferenceTable = { readonly [kind: string]: readonly ReferenceRow[] };

/** A shorthand: `[where, kind, strength]` with `where` ending in the field of the name. */
export type ShortRow = readonly [where: string, kind: string | KindFields, strength: Strength, more?: More];

/** What a short row may say besides. */
export type More = Partial<Pick<ReferenceRow, 'namespace' | 'key' | 'optional' | 'except'>>;

/** Write short rows out, below a common path. */
export function rows(below: string, short: readonly ShortRow[]): ReferenceRow[] {
  return short.map(([where, kind, strength, more]) => {
    const segments = splitPath(below === '' ? where : `${below}.${where}`);
    const name = segments.at(-1) as string;
    return { at: segments.slice(0, -1).map(quoted).join('.'), name, kind, strength, ...more };
  });
}

/** Short rows below a further path. */
export function below(prefix: string, short: readonly ShortRow[]): ShortRow[] {
  return short.map(([where, ...rest]) => [`${prefix}.${where}`, ...rest] as ShortRow);
}

/** The segments of a path: `a."b.c".d[]` gives `a`, `b.c`, `d`, `[]`. */
export function splitPath(path: string): string[] {
  return (path.match(/"[^"]*"|\[\]|[^.[\]"]+/g) ?? []).map((part) => part.replaceAll('"', ''));
}

function quoted(segment: string): string {
  return segment.includes('.') ? `"${segment}"` : segment;
}
