import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Lab, planLab } from '../../../src/lab';
import { labName } from '../names';
import { prove, table } from '../proof';
import { type System, systems } from './asking';
import { type Keeper, keeper } from './kept';
import {
  allReady,
  cluster,
  CLUSTER,
  identitiesOf,
  loseNode,
  losePod,
  MINUTES,
  nodeOf,
  podsOf,
  returnNode,
  runningLab,
  statefulSets,
} from './running';

const started = Date.now();
const isNew = !existsSync(planLab({ name: labName('systems') }).folder);
const rows = new Map<string, (string | number)[]>(systems.map(({ name }) => [name, [name]]));
const lines: string[] = [];
let lab: Lab;
let data: Keeper;

beforeAll(async () => {
  lab = await runningLab();
  data = keeper(lab);
  if (isNew)
    lines.push(
      `From nothing to every unit and pod Ready, images and nodes included: ${secondsSince(started)} s.\n`,
    );
}, 12 * MINUTES);

afterAll(() => {
  prove('systems', [
    `## The systems of cluster \`${CLUSTER}\` run\n`,
    'Real programs in real pods on three real nodes. Each was asked, in its own words, whether its peers stand together; a value was written before, and read after.\n',
    ...lines,
    ...table(
      [
        'system',
        'pods',
        'a lost pod is back after (s)',
        'serves without a node',
        'whole after the node is back (s)',
      ],
      [...rows.values()],
    ),
    '',
  ]);
});

const secondsSince = (start: number): number => Math.round((Date.now() - start) / 1000);

/** Those of more than one pod. */
const quorums = systems.filter(({ name }) => name !== 'postgres');
const each = (list: readonly System[]): [string, System][] => list.map((system) => [system.name, system]);

test('every StatefulSet of the cluster is asked here', () => {
  expect(statefulSets.map(({ name }) => name).toSorted()).toEqual(systems.map(({ name }) => name).toSorted());
  expect(cluster.units.length).toBeGreaterThan(10);
});

test.each(each(quorums))(
  '%s has its quorum, one pod on each node',
  async (name, system) => {
    await data.isWhole(system);
    const pods = await podsOf(lab, system);
    expect(new Set(pods.map(nodeOf)).size).toBe(3);
    rows.get(name)!.push(pods.length);
  },
  4 * MINUTES,
);

test.each(each(systems))(
  '%s loses a pod, and has it back with its volume and data',
  async (name, system) => {
    await data.put(system);
    const before = await identitiesOf(lab);
    const seconds = await losePod(lab, system.namespace, `${name}-0`);
    expect(await identitiesOf(lab)).toEqual(before);
    await data.isWhole(system);
    await data.gives(system);
    if (name === 'postgres') rows.get(name)!.push(1);
    rows.get(name)!.push(seconds);
  },
  8 * MINUTES,
);

test(
  'a node is lost: every quorum goes on, takes values and gives them back; the node returns, and all is as it was',
  async () => {
    const [database] = await podsOf(lab, { namespace: 'shop', name: 'postgres' });
    // Where the one database is not: that there is one only is known.
    const node = ['node-1', 'node-2', 'node-3'].find((name) => name !== nodeOf(database!))!;
    const before = await identitiesOf(lab);
    await loseNode(lab, node);
    for (const system of systems) {
      await data.put(system, node);
      await data.gives(system, node);
      rows.get(system.name)!.push('yes');
    }
    const start = Date.now();
    await returnNode(lab, node);
    await allReady(lab);
    for (const system of systems) {
      await data.isWhole(system);
      await data.gives(system);
      rows.get(system.name)!.push(secondsSince(start));
    }
    expect(await identitiesOf(lab)).toEqual(before);
  },
  12 * MINUTES,
);
