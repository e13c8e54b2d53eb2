/**
 * Which body of rules an object breaks. `apply` rules are kept by server-side apply alone, which is what Flux uses;
 * `setting` rules by servers whose settings are the usual ones.
 */
export type ViolationRule =
  | 'schema'
  | 'unknown-field'
  | 'metadata'
  | 'cel'
  | 'core'
  | 'apply'
  | 'setting'
  | 'size'
  | 'immutable';

/** Something that the API server would refuse: where, what is wrong, and what to write instead. */
export interface Violation {
  /** The field, e.g. `spec.containers[0].image`; empty for the object itself. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
  readonly rule: ViolationRule;
}

/** A key of an object or an index of a list. */
export type Segment = string | number;

/** A path as people write it: `spec.containers[0].image`, `metadata.labels["app.kubernetes.io/name"]`. */
export function formatPath(segments: readonly Segment[]): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (!/^[\w$-]+$/.test(segment)) text += `[${JSON.stringify(segment)}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}

/** The segments of a path as {@link formatPath} writes it, or a person; an index is a text as well. */
export function parsePath(path: string): string[] {
  const parts = path.matchAll(/\["([^"]*)"\]|\[([^\]]*)\]|[^.[\]]+/g);
  return Array.from(parts, ([all, key, index]) => key ?? index ?? all);
}

/** One judgement of one object: where it is, and what was found so far. */
export class Run {
  readonly path: Segment[] = [];
  readonly violations: Violation[] = [];
  /** While this is true, what is reported is only counted. */
  private isSilent = false;
  private silentCount = 0;

  /** Notes a violation at the current place, or at a place below it. */
  report(rule: ViolationRule, message: string, fix: string, ...below: readonly Segment[]): void {
    if (this.isSilent) return void this.silentCount++;
    const path = formatPath([...this.path, ...below]);
    // What a schema asks for the server may ask for in Go as well.
    const isSaid = this.violations.some((one) => one.path === path && one.message === message);
    if (!isSaid) this.violations.push({ path, message, fix, rule });
  }

  /** Whether a check passes, without keeping what it reports. */
  passes(check: () => void): boolean {
    const [wasSilent, before] = [this.isSilent, this.silentCount];
    this.isSilent = true;
    check();
    this.isSilent = wasSilent;
    const passed = this.silentCount === before;
    this.silentCount = before;
    return passed;
  }

  /** Judges something below the current place. */
  at(segment: Segment, check: () => void): void {
    this.path.push(segment);
    check();
    this.path.pop();
  }
}

/** A value as a message shows it: short, and never the whole of a long one. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
