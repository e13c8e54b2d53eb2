/** What is known of a chart's values besides their defaults. Paths are joined by dots. */
export interface KnownValues {
  /** Paths that templates read, as a whole or not; undefined where nobody has looked. */
  readonly reads?: ReadonlySet<string>;
  /** Keys that exist below a path, in the defaults or not. */
  readonly keys: (path: string) => readonly string[];
}

/** What is known of a chart's values: from what its templates read, and from what is commented out in its defaults. */
export function knownValues(reads: readonly string[] | undefined, valuesText: string): KnownValues {
  const children = new Map<string, Set<string>>();
  for (const path of [...(reads ?? []), ...commentedPaths(valuesText)]) addPath(children, path.split('.'));
  const keys = (path: string): readonly string[] => [...(children.get(path) ?? [])];
  return reads ? { reads: new Set(reads), keys } : { keys };
}

/**
 * Keys in the comments of a values.yaml: `# key: value` where it stands, and `@param a.b.c` of generated documents.
 * Prose that looks like a key only makes one more key known.
 */
export function commentedPaths(valuesText: string): string[] {
  const paths: string[] = [];
  const open: { indent: number; key: string }[] = [];
  for (const line of valuesText.split('\n')) {
    const parameter = /#+\s*@(?:param|extra|skip)\s+([\w.-]+)/.exec(line)?.[1];
    if (parameter) paths.push(parameter);
    const entry = keyOf(line);
    if (!entry) continue;
    while (open.length > 0 && open.at(-1)!.indent >= entry.indent) open.pop();
    open.push(entry);
    if (entry.commented) paths.push(open.map(({ key }) => key).join('.'));
  }
  return paths;
}

function keyOf(line: string): { indent: number; key: string; commented: boolean } | undefined {
  const [, before = '', marks = '', inside = '', key, value] =
    /^(\s*)(#*)(\s*)["']?([\w./-]+)["']?:(?:\s+(.*))?$/.exec(line) ?? [];
  if (key === undefined) return undefined;
  const commented = marks !== '';
  if (commented && isProse(key, value ?? '')) return undefined;
  return {
    indent: before.length + (commented ? Math.max(inside.length - 1, 0) : inside.length),
    key,
    commented,
  };
}

/** `Note: this is how` is a sentence, `nodePort: 30080` is not. */
function isProse(key: string, value: string): boolean {
  return /^[A-Z]/.test(key) || /^\w+,?( [\w'"`.,-]+){2,}/.test(value) || value.startsWith('(');
}

function addPath(children: Map<string, Set<string>>, segments: readonly string[]): void {
  segments.forEach((key, depth) => {
    const parent = segments.slice(0, depth).join('.');
    if (!children.has(parent)) children.set(parent, new Set());
    children.get(parent)!.add(key);
  });
}
