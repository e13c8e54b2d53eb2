import { expect, test } from '@jest/globals';
import { type EstateObject, identityOf, type JsonObject, Memory, recall } from '../../src/estate';

const body = (level: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop' },
  data: { level, list: 'a,b' },
});

function seen(memory: Memory, value: JsonObject, cluster = 'production'): EstateObject {
  const identity = identityOf(value);
  const recollection = memory.recollect(cluster, identity.id, value);
  const origin = { construct: '', frames: [] };
  return { ...identity, body: recollection.body, recollection, origin, chart: 'shop' };
}

/** A question that tells how often it was answered. */
function question(): { (object: EstateObject): string; asked: number } {
  const answer = Object.assign(
    ({ body: { data } }: EstateObject): string => {
      answer.asked++;
      return JSON.stringify(data);
    },
    { asked: 0 },
  );
  return answer;
}

test('what was worked out from a body holds in the next run, as long as the body is the same', () => {
  const [memory, level] = [new Memory(), question()];
  for (const value of ['info', 'info', 'debug', 'debug', 'info']) {
    memory.begin();
    const object = seen(memory, body(value));
    expect(recall(object, level)).toBe(JSON.stringify(body(value)['data']));
    expect(recall(object, level)).toContain(value);
  }
  expect(level.asked).toBe(3);
});

test('what a run did not see is forgotten, and clusters know nothing of each other', () => {
  const [memory, level] = [new Memory(), question()];
  recall(seen(memory, body('info')), level);
  memory.begin();
  recall(seen(memory, body('info'), 'staging'), level);
  memory.begin();
  recall(seen(memory, body('info')), level);
  expect(level.asked).toBe(3);
});

test('an object that got another body is asked anew, as is one that nobody keeps', () => {
  const [memory, level] = [new Memory(), question()];
  const object = seen(memory, body('info'));
  recall(object, level);
  expect(recall({ ...object, body: body('debug') }, level)).toContain('debug');
  const { recollection: _, ...unkept } = object;
  recall(unkept, level);
  recall(unkept, level);
  expect(level.asked).toBe(4);
});

test('questions that nobody asks any more do not pile up', () => {
  const memory = new Memory();
  const object = seen(memory, body('info'));
  for (let schema = 0; schema < 100; schema++) recall(object, () => schema);
  expect(object.recollection?.answers.size).toBeLessThan(10);
});
