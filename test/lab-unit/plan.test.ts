import { expect, test } from '@jest/globals';
import { planLab } from '../../src/lab/plan';

test('a lab has three real nodes unless it is told otherwise', () => {
  const { folder, nodes, kwok } = planLab();
  expect(folder).toBe('/var/lib/fluxwright-lab/lab');
  expect(nodes.map(({ name, address, podCidr }) => [name, address, podCidr])).toEqual([
    ['node-1', '10.250.0.11', '10.244.1.0/24'],
    ['node-2', '10.250.0.12', '10.244.2.0/24'],
    ['node-3', '10.250.0.13', '10.244.3.0/24'],
  ]);
  expect(kwok).toEqual([]);
});

test('no two nodes share an address, a network of pods, a folder or a control group, however many there are', () => {
  const { nodes } = planLab({ nodes: 100 });
  for (const field of ['name', 'address', 'podCidr', 'folder', 'cgroup'] as const)
    expect(new Set(nodes.map((node) => node[field])).size).toBe(100);
});

test('labs of different names share no folder and no control group', () => {
  const [first, second] = [planLab({ name: 'one' }), planLab({ name: 'two' })];
  expect(first.folder).not.toBe(second.folder);
  expect(first.nodes[0]?.cgroup).not.toBe(second.nodes[0]?.cgroup);
});

test.each([{ name: '../etc' }, { name: '' }, { name: 'a/b' }, { name: 'Lab' }])(
  'a lab cannot be called %o',
  (options) => {
    expect(() => planLab(options)).toThrow(RangeError);
  },
);

test.each([{ nodes: -1 }, { nodes: 1.5 }, { nodes: 101 }, { kwok: NaN }, { kwok: 5001 }])(
  '%o is no size of a lab',
  (options) => {
    expect(() => planLab(options)).toThrow(/whole number from 0 to/);
  },
);
