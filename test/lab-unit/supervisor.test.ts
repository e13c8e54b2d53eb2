import { EventEmitter, once } from 'node:events';
import { expect, test } from '@jest/globals';
import { runSteps, type Step } from '../../src/lab/supervisor';

const step = (name: string, after: readonly string[], run: () => Promise<void> = async () => {}): Step => ({
  name,
  after,
  run,
});

test('a step runs once, after everything that it comes after', async () => {
  const order: string[] = [];
  const note = (name: string) => async (): Promise<void> => void order.push(name);
  await runSteps([step('c', ['a', 'b'], note('c')), step('b', ['a'], note('b')), step('a', [], note('a'))]);
  expect(order).toEqual(['a', 'b', 'c']);
});

test('what does not depend on each other runs at the same time', async () => {
  const gate = new EventEmitter();
  const opened = once(gate, 'open');
  const order: string[] = [];
  const waits = step('waits', [], async () => void (await opened, order.push('waited')));
  const opens = step('opens', [], async () => void (order.push('opened'), gate.emit('open')));
  await runSteps([waits, opens]);
  expect(order).toEqual(['opened', 'waited']);
});

test('a step that fails fails the whole, and nothing after it runs', async () => {
  let ran = false;
  const steps = [
    step('bad', [], async () => {
      throw new Error('no power');
    }),
    step('next', ['bad'], async () => void (ran = true)),
  ];
  await expect(runSteps(steps)).rejects.toThrow('no power');
  expect(ran).toBe(false);
});

test('a step that comes after nothing known is a mistake', async () => {
  await expect(runSteps([step('a', ['b'])])).rejects.toThrow('no step is called b');
});
