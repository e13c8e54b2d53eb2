import { Pool } from 'pg';
import type { PoolClient } from 'pg';
import { Refusal } from '../refusal';
import { Unavailable } from '@fluxwright/runtime';

/** Where statements go: the pool itself, or one transaction. */
export interface Queries {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A service's own corner of PostgreSQL. */
export interface Database extends Queries {
  /** All of it or nothing; what the work throws is thrown on. */
  transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>;
  /** Gives the connections back, after the statements under way. */
  close(): Promise<void>;
}

/** Where the database is, and which schema in it belongs to the service. */
export interface DatabaseProps {
  readonly url: string;
  readonly schema: string;
  readonly connections: number;
  /** How long one statement may take. */
  readonly statementSeconds: number;
}

/** Opens nothing yet: the first statement does, and every later one that finds its connection lost. */
export function openDatabase({ url, schema, connections, statementSeconds }: DatabaseProps): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    options: `-c search_path=${schema}`,
    application_name: schema,
    connectionTimeoutMillis: 3_000,
    statement_timeout: statementSeconds * 1_000,
    // The server's own limit does not help when the server has vanished.
    query_timeout: statementSeconds * 1_000 + 1_000,
    keepAlive: true,
  });
  // An idle connection that breaks is reported here; without a listener it would end the process.
  pool.on('error', ignore);
  return {
    query: (text, values) => reaching(() => run(pool, text, values)),
    transaction: (work) => reaching(() => inTransaction(pool, work)),
    close: () => pool.end(),
  };
}

async function inTransaction<Result>(
  pool: Pool,
  work: (queries: Queries) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // A connection that breaks says so with an event as well as with a rejection.
  client.on('error', ignore);
  let broken = false;
  try {
    await client.query('begin');
    const result = await work({ query: (text, values) => run(client, text, values) });
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

function ignore(): void {}

async function run<Row>(
  target: Pool | PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const result = await target.query(text, [...values]);
  // The one place where a row gets its type: the statement beside the call says what it is.
  return result.rows as Row[];
}

async function reaching<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isUnstorable(error)) throw new Refusal('BAD_INPUT', 'text may not hold the character U+0000');
    if (codeOf(error) === OUT_OF_RANGE)
      throw new Refusal('BAD_INPUT', 'a number would become larger than can be kept');
    if (isConnectionFailure(error)) throw new Unavailable('the database cannot be reached', { cause: error });
    throw error;
  }
}

/** PostgreSQL keeps every character but one, and says so in two ways: one for text, one for JSON. */
function isUnstorable(error: unknown): boolean {
  return ['22021', '22P05'].includes(codeOf(error));
}

const OUT_OF_RANGE = '22003';

function codeOf(error: unknown): string {
  return (error as { readonly code?: string }).code ?? '';
}

/**
 * SQLSTATEs that mean "later": connection, transaction rollback (a deadlock), resources, shutdown or cancelled, system errors; and
 * "read only", as a former primary says it.
 */
const transientStates = /^(08|40|53|57|58|25006)/;

function isConnectionFailure(error: unknown): boolean {
  if (error instanceof Refusal) return false;
  const code = codeOf(error);
  const { message = '' } = error as { readonly message?: string };
  if (/^[0-9A-Z]{5}$/.test(code)) return transientStates.test(code);
  return /^E[A-Z]+$/.test(code) || /timeout|terminated|connection/i.test(message);
}
