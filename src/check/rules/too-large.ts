import type { EstateObject } from '../../estate';
import { mapIn } from '../facts/fields';
import { violationsOf } from '../facts/verdict';
import type { Rule, Violation } from '../rule';

const limit = 1024 * 1024;

export const tooLarge: Rule = {
  id: 'too-large',
  title: 'Every object is small enough to be stored.',
  severity: 'error',
  why: 'etcd takes no request over 1.5 MiB, a ConfigMap or Secret holds at most 1 MiB, and the annotations of one object 256 KiB.',
  bad: 'A ConfigMap with a 5 MB dashboard.',
  good: 'Several ConfigMaps, or the file in the image or an OCI artifact.',
  *check(scope) {
    const found = new Set<EstateObject | undefined>();
    for (const violation of violationsOf(scope, 'size')) {
      found.add(violation.object);
      yield violation;
    }
    for (const object of [...scope.of('ConfigMap'), ...scope.of('Secret')]) {
      if (!found.has(object)) yield* tooMuchData(object);
    }
  },
};

function* tooMuchData(object: EstateObject): Iterable<Violation> {
  const bytes = object.kind === 'Secret' ? secretBytes(object) : configBytes(object);
  if (bytes <= limit) return;
  const message = `the data takes ${megabytes(bytes)} of at most ${megabytes(limit)}`;
  yield {
    object,
    path: 'data',
    message,
    fix: 'split it over several objects, or put big files into the image or an OCI artifact',
  };
}

function configBytes({ body }: EstateObject): number {
  return (
    sum(mapIn(body, 'data'), (text) => Buffer.byteLength(text)) +
    sum(mapIn(body, 'binaryData'), decodedLength)
  );
}

function secretBytes({ body }: EstateObject): number {
  return (
    sum(mapIn(body, 'stringData'), (text) => Buffer.byteLength(text)) +
    sum(mapIn(body, 'data'), decodedLength)
  );
}

function sum(map: { readonly [key: string]: unknown }, length: (text: string) => number): number {
  let total = 0;
  for (const key in map) if (typeof map[key] === 'string') total += length(map[key]);
  return total;
}

function decodedLength(base64: string): number {
  return Math.floor((base64.length * 3) / 4);
}

function megabytes(bytes: number): string {
  return `${(bytes / limit).toFixed(1)} MiB`;
}
