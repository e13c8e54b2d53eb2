import type { Binary } from '../binaries';

/** How one program is built from what the Go module proxy has. */
export interface Recipe {
  readonly program: Binary;
  /** The package with the program, or nothing where `main` is ours. */
  readonly tool?: string;
  /** Modules at the versions that the lab was tried with. */
  readonly modules: Readonly<Record<string, string>>;
  /** Modules that others ask for in a version, or under a name, that the proxy does not have. */
  readonly replace?: Readonly<Record<string, string>>;
  readonly exclude?: readonly string[];
  /** A program of our own around somebody's library. */
  readonly main?: string;
  /** Variables that are set at link time. */
  readonly variables?: Readonly<Record<string, string>>;
}
