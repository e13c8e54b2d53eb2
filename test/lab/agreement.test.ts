import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  append,
  type ClusterEstate,
  describe as called,
  type EstateObject,
  type Json,
  type JsonObject,
  kindOf,
} from '../../src/estate';
import { ApiError } from '../../src/lab';
import { startAnywhere, type AnyLab } from './anywhere';
import { compare, type Agreement, type Choose } from './agreement';
import { serverBy, type Server } from './agreement-server';
import { samples, schemaOf } from '../schema/support';
import { compileEstate, groundFor, lay } from './estate';
import { prove, table } from './proof';

const MINUTES = 60_000;
/** Of the hundreds of ways to break an object, how many are tried for each object of `dist/`. */
const TRIES = 60;
/** For each object that has nothing to do with `dist/`: those are richer, and there are many of a kind. */
const SAMPLE_TRIES = 40;
const { estate, registry } = compileEstate();
// Some definitions make the server break off the connection, so they are left to `agreement-run.ts`.
const foreign = [...samples('core.yaml'), ...samples('rich.yaml')].filter(
  ({ kind }) => kind !== 'CustomResourceDefinition',
);
const byKind = new Map<string, Agreement[]>();
const bySample: Agreement[] = [];
let lab: AnyLab;
let server: Server;

beforeAll(async () => {
  lab = await startAnywhere('agreement', { nodes: 0 });
  server = serverOf(lab);
  for (const cluster of estate.clusters) await lay(lab.client, groundFor(cluster, registry));
  await lay(lab.client, home);
}, 5 * MINUTES);

afterAll(async () => {
  prove('agreement', page());
  await lab?.down();
}, MINUTES);

/** Where the samples are at home. */
const home: readonly JsonObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lab' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'lab' } },
];

function serverOf({ client }: AnyLab): Server {
  return serverBy(async (method, path, body) => {
    const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';
    try {
      await client.request(method, path, body as Json, type);
      return { accepted: true, status: 200, message: '' };
    } catch (error) {
      if (error instanceof ApiError) return { accepted: false, status: error.status, message: error.message };
      throw error;
    }
  });
}

/** A choice that is the same in every run, and another one for each object. */
function chooser(seed: string, tries = TRIES): Choose {
  return (cases) => {
    const left = [...cases];
    const random = randomOf(seed);
    const chosen: typeof left = [];
    while (chosen.length < tries && left.length > 0)
      chosen.push(...left.splice(Math.floor(random() * left.length), 1));
    return chosen;
  };
}

/** Numbers from 0 to 1 that follow from a text: a linear congruential generator. */
function randomOf(seed: string): () => number {
  let state = Buffer.from(seed).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The namespaces are there, and no other objects: only a namespace of another name can be made. */
function bodyOf({ kind, name, body }: EstateObject): JsonObject {
  const metadata = body['metadata'] as JsonObject;
  return kind === 'Namespace' ? { ...body, metadata: { ...metadata, name: `${name}-twin` } } : body;
}

async function judge(object: EstateObject): Promise<Agreement> {
  const schema = registry.kind(object.apiVersion, object.kind);
  if (!schema) throw new Error(`no schema for ${called(object)}`);
  const agreement = await compare(server, schema, bodyOf(object), chooser(object.id));
  append(byKind, kindOf(object), agreement);
  return agreement;
}

test.each(estate.clusters.map((cluster): [string, ClusterEstate] => [cluster.info.name, cluster]))(
  'whatever is done to an object of cluster %s, the checker refuses nothing that the API server takes',
  async (_, { objects }) => {
    const agreements: Agreement[] = [];
    for (const object of objects) agreements.push(await judge(object));
    expect(agreements.flatMap(({ falseAlarms }) => falseAlarms)).toEqual([]);
    expect(sum(agreements, ({ judged }) => judged)).toBeGreaterThan(objects.length * 10);
  },
  5 * MINUTES,
);

test('whatever the API server refuses, the checker finds', () => {
  const all = [...byKind.values()].flat();
  const misses = all.flatMap((one) => one.misses);
  expect(misses.map(({ kind, mutation, verdict }) => `${kind}, ${mutation}: ${verdict}`)).toEqual([]);
  expect(sum(all, (one) => one.refused)).toBeGreaterThan(1000);
});

test(
  'nor does it refuse what the server takes of objects that nobody here has written for a cluster',
  async () => {
    const agreements: Agreement[] = [];
    for (const body of foreign) {
      const others = foreign.filter(({ kind }) => kind === body['kind']);
      const choose = chooser(JSON.stringify(body), SAMPLE_TRIES);
      agreements.push(await compare(server, schemaOf(body), body, choose, others));
    }
    bySample.push(...agreements);
    expect(agreements.flatMap(({ falseAlarms }) => falseAlarms)).toEqual([]);
    const missed = sum(agreements, ({ misses }) => misses.length);
    const refused = sum(agreements, (one) => one.refused);
    expect(refused).toBeGreaterThan(1000);
    expect(missed / refused).toBeLessThan(0.02);
  },
  5 * MINUTES,
);

function sum(agreements: readonly Agreement[], read: (agreement: Agreement) => number): number {
  return agreements.reduce((total, agreement) => total + read(agreement), 0);
}

function page(): string[] {
  const rows = [...byKind].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([kind, all]) => row(kind, all));
  const total = row('**all**', [...byKind.values()].flat());
  const misses = [...byKind.values()].flat().flatMap((one) => one.misses);
  return [
    '## The checker agrees with the API server\n',
    `Every object in \`dist/\`, broken in up to ${TRIES} systematic ways each (wrong type, unknown field, missing required field, value out of range, duplicate key and so on), judged by the checker and by the API server.\n`,
    ...table(['kind', 'judged', 'refused by the server', 'false alarms', 'misses'], [...rows, total]),
    '',
    ...misses.map(({ kind, mutation, verdict }) => `- Missed: ${kind}, ${mutation}: ${verdict}`),
    '',
    `${bySample.length} objects that have nothing to do with this repository, each broken in ${SAMPLE_TRIES} ways, mixed with others of their kind too: ${judgedOf(bySample)}.`,
  ];
}

function judgedOf(agreements: readonly Agreement[]): string {
  const [, judged, refused, alarms, misses] = row('', agreements);
  return `${judged} judged, ${refused} refused by the server, ${alarms} false alarms, ${misses} misses`;
}

function row(kind: string, all: readonly Agreement[]): (string | number)[] {
  return [
    kind,
    sum(all, (one) => one.judged),
    sum(all, (one) => one.refused),
    sum(all, (one) => one.falseAlarms.length),
    sum(all, (one) => one.misses.length),
  ];
}
