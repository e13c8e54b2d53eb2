import { findSourceMap } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IConstruct, Node } from 'constructs';
import type { Frame, Origin } from '../estate';

/** Deep enough for a helper or two of the user's between the library and the line that matters. */
const depth = 12;

const stacks = new WeakMap<IConstruct, Stack>();
const library = join(__dirname, '..') + sep;

/** Remember, for every construct made from now on, which lines made it. Harmless when called again. */
export function recordOrigins(): void {
  const prototype = Node.prototype as unknown as { addChild: AddChild };
  if (prototype.addChild.name === recordingAddChild) return;
  const original = prototype.addChild;
  prototype.addChild = {
    [recordingAddChild](this: Node, child: IConstruct, name: string): void {
      original.call(this, child, name);
      stacks.set(child, capture());
    },
  }[recordingAddChild];
}

/** Where a construct was made: frames of the user's own files, innermost first. */
export function originOf(construct: IConstruct): Origin {
  return new RecordedOrigin(construct, stacks.get(construct));
}

/** Looks everything up when somebody asks: most objects are never asked. */
class RecordedOrigin implements Origin {
  readonly #construct: IConstruct;
  readonly #stack: Stack | undefined;
  #frames: readonly Frame[] | undefined;

  constructor(construct: IConstruct, stack: Stack | undefined) {
    this.#construct = construct;
    this.#stack = stack;
  }

  get construct(): string {
    return this.#construct.node.path;
  }

  get frames(): readonly Frame[] {
    return (this.#frames ??= this.#stack ? framesOf(sitesOf(this.#stack)) : []);
  }

  toJSON(): Origin {
    return { construct: this.construct, frames: this.frames };
  }
}

/** The same for an error that was thrown while constructs were made. */
export function originOfError(error: Error): Origin {
  return { construct: '', frames: framesOf(sitesOf(error)) };
}

type AddChild = (this: Node, child: IConstruct, name: string) => void;
const recordingAddChild = 'addChildAndRecordOrigin';

/** A stack as the engine notes it down: it is made into call sites, or text, when somebody looks at it first. */
interface Stack {
  readonly stack?: unknown;
}

function capture(): Stack {
  const stack: Stack = {};
  const { stackTraceLimit: limit } = Error;
  Error.stackTraceLimit = depth;
  Error.captureStackTrace(stack, capture);
  Error.stackTraceLimit = limit;
  return stack;
}

function sitesOf(holder: Stack): readonly NodeJS.CallSite[] {
  const { prepareStackTrace: prepare } = Error;
  Error.prepareStackTrace = (_, sites) => sites;
  try {
    return Array.isArray(holder.stack) ? (holder.stack as readonly NodeJS.CallSite[]) : [];
  } finally {
    Error.prepareStackTrace = prepare;
  }
}

function framesOf(sites: readonly NodeJS.CallSite[]): Frame[] {
  const written = sites.filter((site, index) => !isWrapper(site, sites[index - 1]));
  return written.flatMap((site) => frameOf(site) ?? []);
}

/** Some compilers put a whole file into a function and call it at its end: nobody wrote that line. */
function isWrapper(site: NodeJS.CallSite, inner: NodeJS.CallSite | undefined): boolean {
  const isNameless = site.getFunctionName() === null && inner?.getFunctionName() === null;
  return isNameless && site.getFileName() === inner.getFileName();
}

function frameOf(site: NodeJS.CallSite): Frame | undefined {
  const name = site.getFileName();
  const line = site.getLineNumber();
  if (!name || !line || name.startsWith('node:')) return undefined;
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  if (file.startsWith(library) || notTheirs.test(file)) return undefined;
  return mapToSource(file, line, site.getColumnNumber() ?? 1);
}

/** Installed packages, and constructs that were generated: nobody wrote these lines. */
const notTheirs = /[\\/](node_modules|imports)[\\/]/;

function mapToSource(file: string, line: number, column: number): Frame {
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  if (!entry || !('originalLine' in entry)) return { file, line, column };
  return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
