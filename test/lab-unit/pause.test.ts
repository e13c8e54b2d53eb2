import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pauseProgram } from '../../src/lab/pause';

test('the pause program runs here, and goes on until it is told to stop', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'lab-pause-')), 'pause');
  writeFileSync(file, pauseProgram(), { mode: 0o755 });
  const { signal, error } = spawnSync(file, { timeout: 300, killSignal: 'SIGTERM' });
  expect((error as NodeJS.ErrnoException).code).toBe('ETIMEDOUT');
  expect(signal).toBe('SIGTERM');
});

test.each([
  ['x64', 62],
  ['arm64', 183],
])('for %s it is a 64-bit executable of that machine', (architecture, machine) => {
  const program = pauseProgram(architecture);
  expect(program.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
  expect(program.readUInt16LE(18)).toBe(machine);
  expect(program.readBigUInt64LE(64 + 32)).toBe(BigInt(program.length));
});

test('for other processors there is none, and it says so', () => {
  expect(() => pauseProgram('mips')).toThrow(/no pause program for mips/);
});
