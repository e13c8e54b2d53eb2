import { Type } from 'avsc';
import { reasonOf, Unavailable } from '../errors';
import type { Service } from '../service';
import { untilItWorks } from '../wait';
import type { Format } from './format';
import { IncompatibleSchema, schemaRegistry, type Registry } from './registry';
import type { RegistrySettings } from './settings';
import { frame } from './wire';

/** Turns a value into the bytes of a message. @throws {Unavailable} as long as its schema is not registered. */
export type Encode<T> = (value: T) => Buffer;

/**
 * The encoder of a topic. With a registry it registers the schema first: the service is ready only after that, and ends when the schema would
 * break those who read the topic.
 */
export function encoder<T>(service: Service, settings: RegistrySettings, format: Format<T>): Encode<T> {
  const { SCHEMA_REGISTRY_URL: url } = settings;
  return url === undefined
    ? (value) => Buffer.from(format.toPlain(value))
    : avroEncoder(service, schemaRegistry(url), format);
}

function avroEncoder<T>(service: Service, registry: Registry, format: Format<T>): Encode<T> {
  const subject = `${format.topic}-value`;
  const type = Type.forSchema(format.schema);
  const registered = service.readiness.need('schema registry', `registering the schema of ${subject}`);
  let id: number | undefined;
  const keepTrying = {
    signal: service.stopping,
    onFailure: (error: unknown) => {
      registered.unmet(reasonOf(error));
      if (error instanceof IncompatibleSchema) service.fail(error);
    },
  };
  void untilItWorks(() => register(registry, subject, type), keepTrying).then((result) => {
    id = result;
    if (result !== undefined) registered.met();
  });
  return (value) => {
    if (id === undefined) throw new Unavailable('The schema registry has not taken the schema yet.');
    return frame(id, type.toBuffer(value));
  };
}

/** Some registries check nothing until told to: what the newest schema wrote must stay readable, whatever they say. */
async function register(registry: Registry, subject: string, type: Type): Promise<number> {
  const latest = await registry.latest(subject);
  if (latest) assertReadable(subject, type, latest.schema);
  return registry.register(subject, JSON.stringify(type.schema({ exportAttrs: true })));
}

function assertReadable(subject: string, reader: Type, writer: string): void {
  try {
    reader.createResolver(Type.forSchema(JSON.parse(writer)));
  } catch (error) {
    throw new IncompatibleSchema(
      `the schema of ${subject} could not read what is in the topic: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}
