import type { JsonObject } from '../../src/estate';
import type { KindSchema } from '../../src/schema/types';
import { validate, type Violation } from '../../src/schema/validate';
import { mutations, splices, type Mutation } from './agreement-mutations';
import type { Server, Verdict } from './agreement-server';

/** Where the checker and the server judge differently. */
export interface Disagreement {
  readonly kind: string;
  readonly mutation: string;
  /** What the checker found; nothing where it missed something. */
  readonly violations: readonly Violation[];
  /** What the server said; nothing where it accepts the object. */
  readonly verdict: string;
  readonly body: JsonObject;
}

/** How the checker compares with the server for one kind. */
export interface Agreement {
  readonly kind: string;
  /** Objects judged by both. */
  readonly judged: number;
  /** Objects that the server refuses for what else is in the cluster; nobody can know that from the object. */
  readonly undecided: number;
  /** Those of them that the server refuses. */
  readonly refused: number;
  readonly falseAlarms: readonly Disagreement[];
  readonly misses: readonly Disagreement[];
}

/** Of the ways to change an object those that are to be judged. */
export type Choose = (cases: readonly Mutation[]) => readonly Mutation[];

/**
 * Judges an object and everything that it can be broken into, or a choice of that, here and by the server; also what
 * comes of it with parts of other objects of its kind.
 */
export function compare(
  server: Server,
  schema: KindSchema,
  body: JsonObject,
  choose: Choose = (cases) => cases,
  others: readonly JsonObject[] = [],
): Promise<Agreement> {
  const spliced = others.flatMap((other) => [...splices(body, other)]);
  return judge(
    schema,
    [{ name: 'unchanged', body }, ...choose([...mutations(schema, body), ...spliced])],
    (changed) => validate(schema, changed),
    (changed, violations) => verdictOf(server, schema, changed, violations),
  );
}

/**
 * Judges every change of an object that is there. The object is really made, as Flux would, and removed afterwards;
 * the changes are dry runs.
 */
export async function compareChanges(
  server: Server,
  schema: KindSchema,
  body: JsonObject,
): Promise<Agreement> {
  const made = await server.apply(schema, body, { dryRun: false });
  if (!made.accepted) throw new Error(`the sample was refused: ${made.message}`);
  try {
    const check = (changed: JsonObject): readonly Violation[] =>
      validate(schema, changed).length > 0 ? notToCompare : validate(schema, changed, body);
    const cases = [{ name: 'unchanged', body }, ...mutations(schema, body)];
    return await judge(schema, cases, check, (changed) => server.apply(schema, changed));
  } finally {
    await server.remove(schema, body);
  }
}

/** What is no valid object in the first place says nothing about changes. */
const notToCompare: readonly Violation[] = [];

async function judge(
  schema: KindSchema,
  cases: readonly Mutation[],
  check: (body: JsonObject) => readonly Violation[],
  ask: (body: JsonObject, violations: readonly Violation[]) => Promise<Verdict>,
): Promise<Agreement> {
  const kind = `${schema.group === '' ? '' : `${schema.group}/`}${schema.version} ${schema.kind}`;
  const falseAlarms: Disagreement[] = [];
  const misses: Disagreement[] = [];
  let refused = 0;
  let undecided = 0;
  await inParallel(cases, 16, async (mutation) => {
    const violations = check(mutation.body);
    if (violations === notToCompare) {
      undecided++;
      return;
    }
    const verdict = await ask(mutation.body, violations);
    if (isAboutOthers(verdict) || isUnseen(verdict, violations)) {
      undecided++;
      return;
    }
    if (!verdict.accepted) refused++;
    if (verdict.accepted === (violations.length === 0)) return;
    const found = {
      kind,
      mutation: mutation.name,
      violations,
      verdict: verdict.message,
      body: mutation.body,
    };
    (verdict.accepted ? falseAlarms : misses).push(found);
  });
  return { kind, judged: cases.length - undecided, undecided, refused, falseAlarms, misses };
}

const aboutOthers = [
  /^namespaces "[^"]*" not found/,
  /error looking up service account/,
  /no PriorityClass with name/,
  /RuntimeClass "[^"]*" not found/i,
  /already allocated|failed to allocate/,
  /not attempting to grant RBAC permissions/,
  /this cluster is not configured for dual-stack services/,
];

function isAboutOthers({ accepted, message }: Verdict): boolean {
  return !accepted && aboutOthers.some((pattern) => pattern.test(message));
}

/** A dry run allocates nothing, so what would go wrong then cannot be compared. */
function isUnseen({ accepted }: Verdict, violations: readonly Violation[]): boolean {
  return accepted && violations.length > 0 && violations.every(({ rule }) => rule === 'setting');
}

/** What only server-side apply refuses, only a server-side apply can confirm. */
async function verdictOf(
  server: Server,
  schema: KindSchema,
  body: JsonObject,
  violations: readonly Violation[],
): Promise<Verdict> {
  const verdict = await server.create(schema, body);
  const onlyApply = violations.length > 0 && violations.every(({ rule }) => rule === 'apply');
  return verdict.accepted && onlyApply ? server.apply(schema, body) : verdict;
}

async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
