import type { Json, JsonObject } from '../../estate';
import { isObject } from './scope';
import type { Run } from './violation';

/** What etcd takes in one request; the object is stored as one. */
const REQUEST_LIMIT = 1.5 * 1024 * 1024;

/** Reports an object that is too big to be stored. */
export function checkSize(body: JsonObject, run: Run): void {
  // A character takes up to six bytes in JSON, so only big objects need to be written out to be measured.
  if (characters(body) < REQUEST_LIMIT / 6) return;
  const bytes = Buffer.byteLength(JSON.stringify(body));
  if (bytes <= REQUEST_LIMIT) return;
  run.report(
    'size',
    `the object takes ${bytes} bytes of at most ${REQUEST_LIMIT}`,
    'split it up, or keep big data elsewhere',
  );
}

function characters(value: Json): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 4;
  let sum = 2;
  if (Array.isArray(value)) for (const item of value as readonly Json[]) sum += characters(item) + 1;
  else if (isObject(value)) for (const key in value) sum += key.length + 4 + characters(value[key] ?? null);
  return sum;
}
