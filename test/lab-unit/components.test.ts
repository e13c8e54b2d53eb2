import { expect, test } from '@jest/globals';
import { componentsOf } from '../../src/lab/components';
import { planLab } from '../../src/lab/plan';
import { stepsOf } from '../../src/lab/up';
import { runSteps } from '../../src/lab/supervisor';

const plan = planLab({ nodes: 3, kwok: 2 });
const components = componentsOf(plan);

test('every component has a name of its own and a machine that exists', () => {
  const machines = new Set(['hub', ...plan.nodes.map(({ name }) => name)]);
  expect(new Set(components.map(({ name }) => name)).size).toBe(components.length);
  for (const { machine } of components) expect(machines).toContain(machine);
});

test('no two components write the same file', () => {
  const files = components.flatMap(({ files: own = {} }) => Object.keys(own));
  expect(new Set(files).size).toBe(files.length);
});

test('every file that is JSON can be read as JSON', () => {
  const files = components.flatMap(({ files: own = {} }) => Object.entries(own));
  const json = files
    .filter(([path]) => /\.(json|conflist)$/.test(path))
    .flatMap(([, text]) => text.split('\n---\n'));
  expect(json.length).toBeGreaterThan(6);
  for (const text of json) expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test('no two components of a machine answer at the same address', () => {
  for (const machine of ['hub', 'node-1']) {
    const own = components.filter((component) => component.machine === machine);
    const addresses = own.flatMap(({ ready }) => (ready.kind === 'http' ? [new URL(ready.url).host] : []));
    expect(new Set(addresses).size).toBe(addresses.length);
  }
});

test('Flux has the settings that keep sick units from holding up others', () => {
  for (const name of ['kustomize-controller', 'helm-controller']) {
    const command = components.find((component) => component.name === name)?.command;
    expect(command).toContain('--concurrent=20');
    expect(command).toContain('--requeue-dependency=5s');
    expect(command).toContain('--feature-gates=CancelHealthCheckOnNewRevision=true');
  }
});

test('kwok runs only where there are nodes for it', () => {
  expect(components.some(({ name }) => name === 'kwok')).toBe(true);
  expect(componentsOf(planLab()).some(({ name }) => name === 'kwok')).toBe(false);
});

test('every step comes after steps that exist, without a circle', async () => {
  const done: string[] = [];
  const steps = stepsOf(plan).map((step) => ({ ...step, run: async () => {} }));
  await runSteps(steps, (name) => done.push(name));
  expect(done.length).toBe(steps.length);
  for (const { name, after } of steps)
    for (const other of after) expect(done.indexOf(other)).toBeLessThan(done.indexOf(name));
});
