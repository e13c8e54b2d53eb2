import { Type } from 'avsc';
import { PoisonMessage, reasonOf } from '../errors';
import { checked, utf8, type Format } from './format';
import { schemaRegistry, type Registry } from './registry';
import type { RegistrySettings } from './settings';
import { isFramed, unframe } from './wire';

/**
 * Turns the bytes of a message into its value.
 *
 * @throws {PoisonMessage} when they are malformed.
 * @throws {Unavailable} when the registry that knows their schema does not answer.
 */
export type Decode<T> = (bytes: Buffer | null) => Promise<T>;

/** The decoder of a topic. It reads both forms, so that a topic may change over from one to the other. */
export function decoder<T>(settings: RegistrySettings, format: Format<T>): Decode<T> {
  const { SCHEMA_REGISTRY_URL: url } = settings;
  const decodeAvro = url === undefined ? withoutRegistry : avroDecoder(schemaRegistry(url), format.schema);
  return async (bytes) => {
    if (bytes === null) throw new PoisonMessage('a message without a value');
    return checked(format, isFramed(bytes) ? await decodeAvro(bytes) : plain(format, bytes));
  };
}

function plain<T>(format: Format<T>, bytes: Buffer): unknown {
  const text = utf8(bytes);
  try {
    return format.fromPlain(text);
  } catch (error) {
    throw new PoisonMessage(`not a message of ${format.topic}: ${reasonOf(error)}`, { cause: error });
  }
}

function avroDecoder(
  registry: Registry,
  schema: Format<unknown>['schema'],
): (bytes: Buffer) => Promise<unknown> {
  const reader = Type.forSchema(schema);
  const readers = new Map<number, (bytes: Buffer) => unknown>();
  const readerOf = async (id: number): Promise<(bytes: Buffer) => unknown> => {
    const found = readers.get(id) ?? readsWith(reader, await registry.byId(id));
    readers.set(id, found);
    return found;
  };
  return async (bytes) => {
    const { id, body } = unframe(bytes);
    return (await readerOf(id))(body);
  };
}

function readsWith(reader: Type, writerSchema: string): (bytes: Buffer) => unknown {
  const resolver = orPoison(() => reader.createResolver(Type.forSchema(JSON.parse(writerSchema))));
  return (bytes) => orPoison(() => plainValue(reader.fromBuffer(bytes, resolver)));
}

function orPoison<T>(attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    throw new PoisonMessage(`malformed Avro: ${reasonOf(error)}`, { cause: error });
  }
}

/** Avro's records are instances of classes of its own. */
function plainValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value } : value;
}

async function withoutRegistry(): Promise<never> {
  throw new PoisonMessage('an Avro message, but no SCHEMA_REGISTRY_URL says where its schema is');
}
