/** How to find out that a component serves. */
export type Probe =
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'alive' };

/** One program of the lab: everything that the supervisor needs to know of it. */
export interface Component {
  readonly name: string;
  /** The machine that it runs on. */
  readonly machine: string;
  /** What has to be ready before it starts: components, or steps like `machine node-1` and `objects`. */
  readonly after: readonly string[];
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Files that it reads, path → text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly ready: Probe;
  /** The longest that it may take to get ready. */
  readonly seconds: number;
}
