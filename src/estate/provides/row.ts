/** What an operator makes for a custom resource. */
export interface ProvidesRow {
  readonly kind: string;
  /**
   * The name, with `{name}` for the resource's own and `{path}` for a field of it: `{name}-kafka-bootstrap`,
   * `{spec.secretName}`. `[]` in a path gives one for each item, `{a|b}` the second where the first is not there;
   * text with a field that is not there gives nothing.
   */
  readonly name: string;
  /** `*` where a resource of the whole cluster makes it in namespaces that it chooses. */
  readonly namespace?: '*';
  /** The keys that a Secret or ConfigMap may have, where they are known to be all. */
  readonly keys?: readonly string[];
  /** A field of the resource without which it is not made. */
  readonly when?: string;
}

/** By the kind of the resource with its group. */
export type ProvidesTable = { readonly [kind: string]: readonly ProvidesRow[] };

/** Rows of one kind. */
export function makes(kind: string, ...names: readonly string[]): ProvidesRow[] {
  return names.map((name) => ({ kind, name }));
}

/** A Secret with these keys. */
export function secretWith(name: string, keys: string): ProvidesRow {
  return { kind: 'Secret', name, keys: keys.split(' ') };
}
