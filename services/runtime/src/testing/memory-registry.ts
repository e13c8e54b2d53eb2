import { Type } from 'avsc';
import { Hono, type Context, type MiddlewareHandler } from 'hono';

/** A schema registry in memory with as much of Confluent's interface as programs and people use to register and look up schemas. */
export interface MemoryRegistry {
  /** The schemas by id, of which the first is 1. */
  readonly schemas: readonly string[];
  readonly setDown: (down: boolean) => void;
  /** Stands in for the global `fetch`. */
  readonly fetch: typeof fetch;
}

/** Which schemas have to be readable by which: the new one by older readers, older ones by the new one, or both. */
const levels: {
  readonly [level: string]: { readonly backward: boolean; readonly forward: boolean; readonly all: boolean };
} = {
  NONE: { backward: false, forward: false, all: false },
  BACKWARD: { backward: true, forward: false, all: false },
  BACKWARD_TRANSITIVE: { backward: true, forward: false, all: true },
  FORWARD: { backward: false, forward: true, all: false },
  FORWARD_TRANSITIVE: { backward: false, forward: true, all: true },
  FULL: { backward: true, forward: true, all: false },
  FULL_TRANSITIVE: { backward: true, forward: true, all: true },
};

const FORM = 'application/vnd.schemaregistry.v1+json';

/** What a registry keeps. */
interface Kept {
  readonly schemas: string[];
  /** The ids of a subject's versions, of which the first is 1. */
  readonly subjects: Map<string, readonly number[]>;
  readonly levels: Map<string, string>;
}

/** Makes an empty {@link MemoryRegistry}, which keeps every subject BACKWARD compatible until told otherwise. */
export function memoryRegistry(): MemoryRegistry {
  const kept: Kept = { schemas: [], subjects: new Map(), levels: new Map() };
  const app = new Hono();
  let isDown = false;
  app.use(onlyItsForm);
  addLookUps(app, kept);
  addChanges(app, kept);
  return {
    schemas: kept.schemas,
    setDown: (down) => (isDown = down),
    fetch: async (input, init) => {
      if (isDown) throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
      return app.request(input instanceof Request ? input : String(input), init);
    },
  };
}

const onlyItsForm: MiddlewareHandler = async (c, next) => {
  const isWritten = c.req.method !== 'GET';
  if (isWritten && !/schemaregistry|application\/json/.test(c.req.header('content-type') ?? ''))
    return failure(c, 415, 'HTTP 415 Unsupported Media Type');
  await next();
  c.header('content-type', FORM);
  return undefined;
};

function addLookUps(app: Hono, { schemas, subjects }: Kept): void {
  app.get('/subjects', (c) => c.json([...subjects.keys()]));
  app.get('/subjects/:subject/versions', (c) => {
    const ids = subjects.get(c.req.param('subject'));
    return ids ? c.json(ids.map((_, index) => index + 1)) : noSubject(c);
  });
  app.get('/subjects/:subject/versions/:version', (c) => {
    const { subject, version } = c.req.param();
    const ids = subjects.get(subject);
    if (!ids) return noSubject(c);
    if (!/^(latest|[1-9]\d*)$/.test(version))
      return failure(c, 42_202, `'${version}' is not a valid version`);
    const number = version === 'latest' ? ids.length : Number(version);
    const id = ids[number - 1];
    if (id === undefined) return failure(c, 40_402, `Version ${version} not found.`);
    return c.json({ subject, version: number, id, schema: schemas[id - 1] });
  });
  app.get('/schemas/ids/:id', (c) => {
    const schema = schemas[Number(c.req.param('id')) - 1];
    return schema === undefined
      ? failure(c, 40_403, `Schema ${c.req.param('id')} not found`)
      : c.json({ schema });
  });
}

function addChanges(app: Hono, kept: Kept): void {
  const { schemas, subjects, levels: chosen } = kept;
  app.post('/subjects/:subject/versions', async (c) => {
    const subject = c.req.param('subject');
    const schema = await schemaIn(c);
    if (schema === undefined) return failure(c, 42_201, 'Invalid schema');
    const complaint = complaintAbout(kept, subject, schema);
    if (complaint !== undefined)
      return failure(c, 409, `Schema being registered is incompatible with an earlier one: ${complaint}`);
    const id = schemas.indexOf(schema) + 1 || schemas.push(schema);
    const ids = subjects.get(subject) ?? [];
    subjects.set(subject, ids.includes(id) ? ids : [...ids, id]);
    return c.json({ id });
  });
  app.post('/compatibility/subjects/:subject/versions/latest', async (c) => {
    const subject = c.req.param('subject');
    const schema = await schemaIn(c);
    if (schema === undefined) return failure(c, 42_201, 'Invalid schema');
    if (!subjects.has(subject)) return noSubject(c);
    return c.json({ is_compatible: complaintAbout(kept, subject, schema) === undefined });
  });
  app.put('/config/:subject', async (c) => {
    const { compatibility } = await c.req.json<{ compatibility: string }>();
    if (!(compatibility in levels)) return failure(c, 42_203, 'Invalid compatibility level');
    chosen.set(c.req.param('subject'), compatibility);
    return c.json({ compatibility });
  });
}

/** The status is the first three digits of the code. */
function failure(c: Context, code: number, message: string): Response {
  return c.json({ error_code: code, message }, Number(String(code).slice(0, 3)) as 404);
}

function noSubject(c: Context): Response {
  return failure(c, 40_401, `Subject '${c.req.param('subject')}' not found.`);
}

/** The schema that a request brings, without what means nothing; none where it is no schema. */
async function schemaIn(c: Context): Promise<string | undefined> {
  try {
    const { schema } = await c.req.json<{ schema: string }>();
    return JSON.stringify(Type.forSchema(JSON.parse(schema)).schema({ exportAttrs: true }));
  } catch {
    return undefined;
  }
}

/** Why a subject cannot take a schema; one that it has already it takes again. */
function complaintAbout(
  { schemas, subjects, levels: chosen }: Kept,
  subject: string,
  schema: string,
): string | undefined {
  const earlier = (subjects.get(subject) ?? []).map((id) => schemas[id - 1] ?? '');
  if (earlier.includes(schema)) return undefined;
  const { backward = false, forward = false, all = false } = levels[chosen.get(subject) ?? 'BACKWARD'] ?? {};
  for (const other of all ? earlier : earlier.slice(-1)) {
    const complaint = (backward && unreadable(schema, other)) || (forward && unreadable(other, schema));
    if (complaint) return complaint;
  }
  return undefined;
}

/** Why a reader with one schema cannot read what was written with the other; empty where it can. */
function unreadable(reader: string, writer: string): string {
  try {
    Type.forSchema(JSON.parse(reader)).createResolver(Type.forSchema(JSON.parse(writer)));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
