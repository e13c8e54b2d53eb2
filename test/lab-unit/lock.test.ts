import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { locked } from '../../src/lab/lock';
import { startOf } from '../../src/lab/process';

const place = (): string => join(mkdtempSync(join(tmpdir(), 'lab-lock-')), 'deep', 'lab');

test('a lock is held while the work is done, and gone after it, however it ends', async () => {
  const folder = place();
  const held = await locked(folder, async () => readFileSync(`${folder}.lock`, 'utf8'));
  expect(held).toBe(`${process.pid} ${startOf(process.pid)}`);
  await expect(locked(folder, () => Promise.reject(new Error('no power')))).rejects.toThrow('no power');
  expect(existsSync(`${folder}.lock`)).toBe(false);
});

test('a process that is at work keeps others out', async () => {
  const folder = place();
  await locked(folder, async () => {});
  writeFileSync(`${folder}.lock`, `${process.ppid} ${startOf(process.ppid)}`);
  await expect(locked(folder, async () => 'in')).rejects.toThrow(
    `process ${process.ppid} is at work on this lab`,
  );
});

test('a process that has died keeps nobody out, even where another one has its number now', async () => {
  const folder = place();
  await locked(folder, async () => {});
  writeFileSync(`${folder}.lock`, `${process.ppid} 1`);
  expect(await locked(folder, async () => 'in')).toBe('in');
});
