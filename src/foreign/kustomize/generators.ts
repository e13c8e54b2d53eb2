import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Frame, JsonObject } from '../../estate';
import { listIn, mapIn, textIn } from '../../estate';
import { unknownValue } from '../flux/substitute';
import { BuildError, isSame, nameOf, namesOf, type Resource, withBody } from './resource';

/** A `configMapGenerator` or `secretGenerator` entry, and where it is written. */
export interface Generator {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly entry: JsonObject;
  readonly folder: string;
  readonly frame: Frame;
}

/** Make what a generator says, or merge it into what is there; what is not may be where nobody has looked. */
export function generate(
  resources: readonly Resource[],
  generator: Generator,
  defaults: JsonObject,
  isComplete: boolean,
): Resource[] {
  const made = make(generator, defaults);
  const written = textIn(generator.entry['behavior']) ?? '';
  // Any other word means nothing to kustomize.
  const behavior = written === 'merge' || written === 'replace' ? written : 'create';
  const wanted = nameOf(made);
  const index = resources.findIndex((one) => namesOf(one).some((name) => isSame(name, wanted)));
  const before = resources[index];
  if (!before && (behavior === 'create' || !isComplete)) return [...resources, made];
  if (behavior === 'create')
    throw failure(
      generator,
      `there is a ${generator.kind} ${wanted.name} already`,
      'write behavior: merge or replace',
    );
  if (!before)
    throw failure(
      generator,
      `there is no ${generator.kind} ${wanted.name} to ${behavior}`,
      'write behavior: create',
    );
  const frames = [...before.frames, generator.frame];
  return resources.with(index, { ...combined(before, made, behavior === 'merge'), frames });
}

function combined(before: Resource, made: Resource, merges: boolean): Resource {
  const of = (field: string, keep: boolean): JsonObject => ({
    ...(keep ? mapIn(before.body, ...field.split('.')) : {}),
    ...mapIn(made.body, ...field.split('.')),
  });
  const pairs = ['labels', 'annotations'].map((field) => [field, of(`metadata.${field}`, true)] as const);
  const metadata = {
    ...mapIn(before.body, 'metadata'),
    ...Object.fromEntries(pairs.filter(([, map]) => Object.keys(map).length > 0)),
  };
  const hashed = made.hashed || before.hashed;
  const body = { ...before.body, metadata, data: of('data', merges) };
  return { ...withBody(before, body), ...(hashed ? { hashed } : {}) };
}

function make(generator: Generator, defaults: JsonObject): Resource {
  const { kind, entry, frame } = generator;
  const own = mapIn(entry['options']);
  const pairs = (field: string): JsonObject => ({ ...mapIn(defaults[field]), ...mapIn(own[field]) });
  const [labels, annotations] = [pairs('labels'), pairs('annotations')];
  const immutable = own['immutable'] ?? defaults['immutable'];
  const unhashed = own['disableNameSuffixHash'] ?? defaults['disableNameSuffixHash'];
  const { namespace, name, type } = entry;
  const body: JsonObject = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: textIn(name) ?? '',
      ...(namespace === undefined ? {} : { namespace }),
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    ...(kind === 'Secret'
      ? { type: textIn(type) ?? 'Opaque', data: secretData(generator) }
      : configData(generator)),
    ...(immutable === undefined ? {} : { immutable }),
  };
  return { body, frames: [frame], earlier: [], ...(unhashed === true ? {} : { hashed: true }) };
}

function secretData(generator: Generator): JsonObject {
  const pairs = [...pairsOf(generator)].map(([key, value]) => [key, value.toString('base64')]);
  return Object.fromEntries(pairs) as JsonObject;
}

function configData(generator: Generator): JsonObject {
  const all = [...pairsOf(generator)];
  const data = all.filter(([, value]) => isText(value)).map(([key, value]) => [key, value.toString('utf8')]);
  const binary = all
    .filter(([, value]) => !isText(value))
    .map(([key, value]) => [key, value.toString('base64')]);
  return {
    ...(data.length > 0 ? { data: Object.fromEntries(data) as JsonObject } : {}),
    ...(binary.length > 0 ? { binaryData: Object.fromEntries(binary) as JsonObject } : {}),
  };
}

function isText(value: Buffer): boolean {
  return Buffer.from(value.toString('utf8')).equals(value);
}

function* pairsOf(generator: Generator): Iterable<[key: string, value: Buffer]> {
  const { entry } = generator;
  const texts = (field: string): string[] => listIn(entry[field]).flatMap((item) => textIn(item) ?? []);
  for (const file of [...texts('envs'), textIn(entry['env']) ?? []].flat())
    for (const line of read(generator, file).toString('utf8').split(/\r?\n/))
      if (line.trim() !== '' && !line.trimStart().startsWith('#')) yield pair(line);
  for (const file of texts('files')) {
    const [key = '', path = key] = file.includes('=') ? file.split(/=(.*)/s) : [basename(file), file];
    yield [key, read(generator, path)];
  }
  for (const literal of texts('literals')) {
    const [key, value] = pair(literal);
    const text = value.toString('utf8');
    yield [key, Buffer.from(/^(['"]).*\1$/s.test(text) ? text.slice(1, -1) : text)];
  }
}

function pair(text: string): [key: string, value: Buffer] {
  const at = text.indexOf('=');
  return at < 0
    ? [text.trim(), Buffer.from('')]
    : [text.slice(0, at).trimStart(), Buffer.from(text.slice(at + 1))];
}

/** A file of the generator; kustomize fetches what has an address, and nobody here knows what comes. */
function read(generator: Generator, path: string): Buffer {
  if (/^https?:\/\//.test(path)) return Buffer.from(unknownValue);
  try {
    return readFileSync(join(generator.folder, path));
  } catch {
    throw failure(
      generator,
      `there is no file ${path} for the ${generator.kind}`,
      'mend the path, or leave it out',
    );
  }
}

function failure({ frame }: Generator, message: string, fix: string): BuildError {
  return new BuildError(message, frame, fix);
}
