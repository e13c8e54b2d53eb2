import { z } from 'zod';
import { PoisonMessage, Unavailable } from '../errors';
import { tracedFetch } from '../http/fetch';

/** A schema as the registry keeps it. */
export interface RegisteredSchema {
  readonly id: number;
  /** The Avro schema as JSON text. */
  readonly schema: string;
}

/** The three calls of the Confluent schema registry's interface that a program needs. */
export interface Registry {
  /** The newest schema of a subject; undefined where there is none yet. */
  latest(subject: string): Promise<RegisteredSchema | undefined>;
  /**
   * Registers a schema, which does nothing when it is there already.
   *
   * @throws {IncompatibleSchema} when the registry refuses it.
   */
  register(subject: string, schema: string): Promise<number>;
  /** @throws {PoisonMessage} when nobody ever registered that id. */
  byId(id: number): Promise<string>;
}

/** A schema that would make messages which somebody else cannot read. */
export class IncompatibleSchema extends Error {
  override readonly name = 'IncompatibleSchema';
}

const FORM = 'application/vnd.schemaregistry.v1+json';
const CONFLICT = 409;
const UNPROCESSABLE = 422;
/** A 404 without one of these comes from somebody else, such as a proxy, or from a wrong path. */
const NO_SUBJECT = 40_401;
const NO_VERSION = 40_402;
const NO_SCHEMA = 40_403;

const registeredSchema = z.object({ id: z.int(), schema: z.string() });
const registeredId = registeredSchema.pick({ id: true });
const schemaText = registeredSchema.pick({ schema: true });
const failure = z.object({ error_code: z.int() });

type Call = (path: string, init?: RequestInit) => Promise<Response>;

/** A client of the registry at an address such as `http://registry.queuing.svc:8080/apis/ccompat/v7`. */
export function schemaRegistry(url: string): Registry {
  const call = callerOf(new URL(url));
  return {
    async latest(subject) {
      const response = await call(`${versions(subject)}/latest`);
      const isNew = await failedWith(response, NO_SUBJECT, NO_VERSION);
      return isNew ? undefined : answer(response, registeredSchema);
    },
    async register(subject, schema) {
      const response = await call(versions(subject), { method: 'POST', body: JSON.stringify({ schema }) });
      if (response.status === CONFLICT || response.status === UNPROCESSABLE)
        throw new IncompatibleSchema(await refusal(response, subject));
      return (await answer(response, registeredId)).id;
    },
    async byId(id) {
      const response = await call(`/schemas/ids/${id}`);
      if (await failedWith(response, NO_SCHEMA))
        throw new PoisonMessage(`nobody registered the schema ${id} that the message names`);
      return (await answer(response, schemaText)).schema;
    },
  };
}

/** `fetch` takes no address with a user and a password in it. */
function callerOf({ username, password, origin, pathname }: URL): Call {
  const base = `${origin}${pathname.replace(/\/+$/, '')}`;
  const user = [username, password].map(decodeURIComponent).join(':');
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  const headers = { accept: FORM, 'content-type': FORM, ...(username !== '' && { authorization }) };
  return (path, init) => tracedFetch(`${base}${path}`, { ...init, headers });
}

async function failedWith(response: Response, ...codes: readonly number[]): Promise<boolean> {
  if (response.ok) return false;
  const told = failure.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  );
  return told.success && codes.includes(told.data.error_code);
}

function versions(subject: string): string {
  return `/subjects/${encodeURIComponent(subject)}/versions`;
}

async function answer<T>(response: Response, form: z.ZodType<T>): Promise<T> {
  const parsed = response.ok ? form.safeParse(await response.json().catch(() => undefined)) : undefined;
  if (parsed?.success) return parsed.data;
  throw new Unavailable(
    `the schema registry answered ${response.status}, and not what was asked for: is SCHEMA_REGISTRY_URL right?`,
  );
}

async function refusal(response: Response, subject: string): Promise<string> {
  return `the registry refuses the schema of ${subject}: ${(await response.text()).slice(0, 500)}`;
}
