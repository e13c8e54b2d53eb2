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
const NOT_FOUND = 404;
const CONFLICT = 409;
const UNPROCESSABLE = 422;

const registeredSchema = z.object({ id: z.int(), schema: z.string() });
const registeredId = registeredSchema.pick({ id: true });
const schemaText = registeredSchema.pick({ schema: true });

/** A client of the registry at an address such as `http://registry.queuing.svc:8080/apis/ccompat/v7`. */
export function schemaRegistry(url: string): Registry {
  const call = (path: string, init?: RequestInit): Promise<Response> =>
    tracedFetch(`${url.replace(/\/+$/, '')}${path}`, {
      ...init,
      headers: { accept: FORM, 'content-type': FORM },
    });
  return {
    async latest(subject) {
      const response = await call(`${versions(subject)}/latest`);
      return response.status === NOT_FOUND ? undefined : answer(response, registeredSchema);
    },
    async register(subject, schema) {
      const response = await call(versions(subject), { method: 'POST', body: JSON.stringify({ schema }) });
      if (response.status === CONFLICT || response.status === UNPROCESSABLE)
        throw new IncompatibleSchema(await refusal(response, subject));
      return (await answer(response, registeredId)).id;
    },
    async byId(id) {
      const response = await call(`/schemas/ids/${id}`);
      if (response.status === NOT_FOUND)
        throw new PoisonMessage(`nobody registered the schema ${id} that the message names`);
      return (await answer(response, schemaText)).schema;
    },
  };
}

function versions(subject: string): string {
  return `/subjects/${encodeURIComponent(subject)}/versions`;
}

async function answer<T>(response: Response, form: z.ZodType<T>): Promise<T> {
  const parsed = response.ok ? form.safeParse(await response.json().catch(() => undefined)) : undefined;
  if (parsed?.success) return parsed.data;
  throw new Unavailable(
    `the schema registry answered ${response.status}, or something else than was asked for`,
  );
}

async function refusal(response: Response, subject: string): Promise<string> {
  return `the registry refuses the schema of ${subject}: ${(await response.text()).slice(0, 500)}`;
}
