import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { LabError, tail, waitFor } from '../../src/lab/wait';

test('a wait ends when nothing is missing any more', async () => {
  const answers = ['a', 'b', undefined];
  await waitFor({ what: 'letters are missing', seconds: 10, missing: async () => answers.shift() });
  expect(answers).toEqual([]);
});

test('a wait that takes too long says what is missing and how the log ends', async () => {
  const log = join(mkdtempSync(join(tmpdir(), 'lab-wait-')), 'a.log');
  writeFileSync(log, 'first\nlast words\n');
  const wait = waitFor({
    what: 'etcd is not ready',
    seconds: 0,
    missing: async () => 'connection refused',
    log,
  });
  await expect(wait).rejects.toThrow(LabError);
  await expect(
    waitFor({ what: 'etcd is not ready', seconds: 0, missing: async () => 'connection refused', log }),
  ).rejects.toThrow(`etcd is not ready after 0 s: connection refused\nThe end of ${log}:\nfirst\nlast words`);
});

test('the tail of a log is its last lines; a log that is not there has none', () => {
  const log = join(mkdtempSync(join(tmpdir(), 'lab-wait-')), 'a.log');
  writeFileSync(log, Array.from({ length: 50 }, (_, line) => `${line}\n`).join(''));
  expect(tail(log, 2)).toBe('48\n49');
  expect(tail(`${log}.missing`)).toBe('');
});
