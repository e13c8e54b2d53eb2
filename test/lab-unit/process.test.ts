import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  endProcesses,
  isAlive,
  labProcesses,
  mainProcess,
  startProcess,
  type LabProcess,
} from '../../src/lab/process';
import { waitFor } from '../../src/lab/wait';

/** The kernel's own table of processes is Linux's. */
const onLinux = process.platform === 'linux' ? test : test.skip;

const found = (pid: number, parent: number, program: string): LabProcess => ({
  component: 'node-1/containerd',
  pid,
  parent,
  program,
});

test('the component is what nsenter started, not what that started, and not what has lost its parent', () => {
  const processes = [
    found(14432, 900, 'containerd-shim'),
    found(3361, 3352, 'containerd'),
    found(3352, 1, 'nsenter'),
    found(15000, 3361, 'runc'),
  ];
  expect(mainProcess(processes, 'node-1/containerd')?.pid).toBe(3361);
});

test('a component whose wrapper has ended does not run', () => {
  expect(mainProcess([found(14432, 900, 'containerd-shim')], 'node-1/containerd')).toBeUndefined();
});

onLinux('a process is found by its mark alone, writes to its log, and ends when told to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-process-'));
  const lab = `unit-${process.pid}`;
  const log = join(folder, 'logs', 'sleeper.log');
  const command = ['sh', '-c', 'echo started; exec sleep 60'];
  const pid = startProcess({ lab, component: 'sleeper', command, env: { PATH: '/usr/bin:/bin' }, log });
  try {
    await waitFor({
      what: 'no log',
      seconds: 30,
      missing: async () => (readFileSync(log, 'utf8') === 'started\n' ? undefined : 'empty'),
    });
    expect(labProcesses(lab)).toMatchObject([{ component: 'sleeper', pid, parent: process.pid }]);
    expect(labProcesses(`${lab}-other`)).toEqual([]);
  } finally {
    await endProcesses([{ pid }], 30);
  }
  expect(isAlive(pid)).toBe(false);
  expect(labProcesses(lab)).toEqual([]);
});

onLinux('a process keeps its mark while it becomes one program after another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-process-'));
  const lab = `unit-becoming-${process.pid}`;
  const log = join(folder, 'becoming.log');
  const script = '[ "$1" = 0 ] || exec sh -c "$0" "$0" $(($1 - 1)); sleep 60';
  const command = ['sh', '-c', script, script, '1000'];
  const pid = startProcess({ lab, component: 'becoming', command, env: { PATH: '/usr/bin:/bin' }, log });
  try {
    const unseen = Array.from({ length: 200 }, () => labProcesses(lab)).filter(
      (processes) => !processes.some((process) => process.pid === pid),
    );
    expect(unseen).toEqual([]);
  } finally {
    await endProcesses([{ pid }], 30);
  }
});
