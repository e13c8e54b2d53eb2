import { expect, test } from '@jest/globals';
import { pause, untilItWorks, within } from '../src/wait';

const late = (): Error => new Error('late');
const forever = new AbortController().signal;

test('it tries until it works, and says what went wrong before', async () => {
  const failures: unknown[] = [];
  let attempts = 0;
  const attempt = async (): Promise<string> => {
    if (++attempts < 3) throw new Error(`attempt ${attempts}`);
    return 'there';
  };
  const result = await untilItWorks(attempt, {
    signal: forever,
    onFailure: (error) => failures.push(error),
    first: 1,
  });
  expect(result).toBe('there');
  expect(failures.map(String)).toEqual(['Error: attempt 1', 'Error: attempt 2']);
});

test('it stops trying when told to', async () => {
  const stop = new AbortController();
  const result = await untilItWorks(() => Promise.reject(new Error('no')), {
    signal: stop.signal,
    onFailure: () => stop.abort(),
    first: 60_000,
  });
  expect(result).toBeUndefined();
});

test('a pause ends early, without an error, when told to', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 5);
  await pause(3_600_000, stop.signal);
  await expect(pause(3_600_000, stop.signal)).resolves.toBeUndefined();
});

test('work that is in time gives its result or its error', async () => {
  await expect(within(5_000, Promise.resolve('done'), late)).resolves.toBe('done');
  await expect(within(5_000, Promise.reject(new Error('broken')), late)).rejects.toThrow('broken');
});

test('work that takes too long is given up', async () => {
  await expect(within(5, new Promise(() => undefined), late)).rejects.toThrow('late');
});
