import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, FluxChart, keep } from '../../src';
import type { FileTree, Finding } from '../../src/estate';
import { startLab, waitFor, type Lab, type LiveObject } from '../../src/lab';
import { compileApp } from '../../src/pipeline';
import { write } from '../../src/write';
import { labName } from './names';
import { prove } from './proof';

const MINUTES = 60_000;
const NAMESPACE = 'shop';
const shown: string[] = [];
let lab: Lab;
let repository: string;

beforeAll(async () => {
  lab = await startLab({ name: labName('changes'), nodes: 0, kwok: 1 });
  repository = mkdtempSync(join(tmpdir(), 'fluxwright-changes-'));
  git('init', '--quiet');
  await commit({ shop: { settings: 'hello' } });
  await lab.follow('changes');
}, 5 * MINUTES);

/** Each test starts from the same estate, whatever the last one left. */
beforeEach(async () => {
  await reconciled({ other: { rest: 'x' } }, {}, true);
  await reconciled(before, {}, true);
}, 4 * MINUTES);

afterAll(async () => {
  prove('changes', ['## Changes keep what they should\n', ...shown.map((line) => `- ${line}`)]);
  rmSync(repository, { recursive: true, force: true });
  await lab?.down();
}, MINUTES);

/** Charts of ConfigMaps: chart → name → text. */
interface Shape {
  readonly [chart: string]: { readonly [name: string]: string };
}

const before: Shape = { shop: { settings: 'hello', moving: 'x' }, other: { rest: 'x' } };
const movedTo: Shape = { shop: { settings: 'hello' }, other: { rest: 'x', moving: 'x' } };
const renamedTo: Shape = { store: { settings: 'hello', moving: 'x' }, other: { rest: 'x' } };

interface Extras {
  /** The charts whose last line is `keep(this)`. */
  readonly kept?: readonly string[];
  readonly database?: boolean;
}

class Configs extends FluxChart {
  constructor(cluster: Cluster, name: string, texts: Shape[string], isKept: boolean) {
    super(cluster, name, { namespace: NAMESPACE });
    for (const [id, text] of Object.entries(texts)) {
      const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data: { text } };
      new ApiObject(this, id, made);
    }
    if (isKept) keep(this);
  }
}

/** A database whose claims would go with it. */
class Database extends FluxChart {
  constructor(cluster: Cluster) {
    super(cluster, 'database', { namespace: NAMESPACE });
    const labels = { app: 'database' };
    new ApiObject(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'database' },
      spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'sql', port: 5432 }] },
    });
    const containers = [
      { name: 'database', image: 'example.com/database:1.0.0', ports: [{ containerPort: 5432 }] },
    ];
    const storage = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    new ApiObject(this, 'database', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'database' },
      spec: {
        serviceName: 'database',
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: storage }],
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
      },
    });
  }
}

function compileShape(shape: Shape, { kept = [], database = false }: Extras) {
  const app = new FluxApp({ dist: join(repository, 'dist'), ops: join(repository, 'ops') });
  const cluster = new Cluster(app, 'changes');
  for (const [name, texts] of Object.entries(shape)) new Configs(cluster, name, texts, kept.includes(name));
  if (database) new Database(cluster);
  return compileApp(app);
}

/** What the checker refuses about this change of what was committed last. */
function errorsOf(shape: Shape, extras: Extras = {}): readonly Finding[] {
  return compileShape(shape, extras).findings.filter(({ severity }) => severity === 'error');
}

/** Writes, commits and publishes an estate, as its owner would; what is refused is committed all the same if forced. */
async function commit(shape: Shape, extras: Extras = {}, force = false): Promise<string> {
  const { dist, tree, findings, previous } = compileShape(shape, extras);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (!force) expect(errors).toEqual([]);
  write(dist, tree, { allowRemoval: true, previous: previous.files });
  git('add', '--all');
  git(
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'x',
  );
  return lab.publish(tree);
}

function git(...args: readonly string[]): void {
  mkdirSync(repository, { recursive: true });
  execFileSync('git', args, { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function reconciled(shape: Shape, extras: Extras = {}, force = false): Promise<void> {
  const revision = await commit(shape, extras, force);
  await lab.waitReady({ seconds: 120, revision });
  const units = new Set([...Object.keys(shape), ...(extras.database ? ['database'] : [])]);
  await gone(async () => {
    const live = await lab.client.list('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations');
    return live.filter(({ metadata: { name } }) => !fixed.has(name) && !units.has(name));
  });
}

const fixed = new Set(['flux-system', 'namespaces']);

async function gone(left: () => Promise<readonly LiveObject[]>): Promise<void> {
  await waitFor({
    what: 'something is still there',
    seconds: 60,
    missing: async () => (await left()).map(({ metadata }) => metadata.name).join(', ') || undefined,
  });
}

const pathOf = (name: string): string => `/api/v1/namespaces/${NAMESPACE}/configmaps/${name}`;

async function uidOf(name: string): Promise<string> {
  return (await lab.client.find(pathOf(name)))?.metadata.uid ?? `${name} is not there`;
}

async function found(path: string): Promise<readonly LiveObject[]> {
  const object = await lab.client.find(path);
  return object ? [object] : [];
}

test(
  'a change flows into the cluster, and what left the repository is pruned',
  async () => {
    await reconciled({ shop: { settings: 'goodbye' }, other: { rest: 'x' } });
    expect((await lab.client.find(pathOf('settings')))?.['data']).toEqual({ text: 'goodbye' });
    await gone(() => found(pathOf('moving')));
    shown.push('A changed object arrived in the cluster; a removed one was pruned.');
  },
  3 * MINUTES,
);

test(
  'what holds data stays in the cluster when it leaves the repository',
  async () => {
    const path = `/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/database`;
    await reconciled(before, { database: true });
    const [live] = await found(path);
    await reconciled(before, {}, true);
    const [after] = await found(path);
    expect(after?.metadata.uid).toBe(live?.metadata.uid);
    expect(after?.metadata.deletionTimestamp).toBeUndefined();
    expect(await found(`/api/v1/namespaces/${NAMESPACE}/services/database`)).toEqual([]);
    shown.push(
      'A StatefulSet whose claims would go with it stayed when its unit was removed; its Service was pruned.',
    );
  },
  4 * MINUTES,
);

test.each([
  ['an object that moves to another chart', 'object-moved', movedTo, 'other'],
  ['a chart that gets another name', 'unit-renamed', renamedTo, 'store'],
])(
  '%s is refused; the three commits that the refusal prints keep it',
  async (what, rule, target, to) => {
    const uid = await uidOf('moving');
    expect(errorsOf(target).map((finding) => finding.rule)).toEqual([rule]);
    expect(errorsOf(target)[0]?.fix).toMatch(/1\..*keep\(.*\n2\..*keep\(.*\n3\. remove keep\(/);
    await reconciled(before, { kept: ['shop'] });
    await reconciled(target, { kept: ['shop', to] });
    await reconciled(target);
    expect(await uidOf('moving')).toBe(uid);
    expect((await lab.client.find(pathOf('moving')))?.metadata.labels).toMatchObject({
      'kustomize.toolkit.fluxcd.io/name': to,
    });
    shown.push(`For ${what}, the commits that \`${rule}\` prints kept the UID.`);
  },
  5 * MINUTES,
);

test.each([
  ['an object that moves', movedTo, 'other'],
  ['a chart that gets another name', renamedTo, 'store'],
])(
  'without them Flux deletes %s, whenever the old unit is the first to be reconciled',
  async (what, target, to) => {
    const uid = await uidOf('moving');
    await lab.publish(suspended(compileShape(before, {}).tree, to));
    await gone(async () => (await unitsRunning()).filter(({ metadata: { name } }) => name === to));
    await lab.publish(suspended(compileShape(target, {}).tree, to));
    await gone(() => found(pathOf('moving')));
    await reconciled(target, {}, true);
    expect(await uidOf('moving')).not.toBe(uid);
    shown.push(`Without them, ${what} was deleted where the old unit came first.`);
  },
  3 * MINUTES,
);

/** A tree whose unit is held back: which of two units is reconciled first is otherwise a matter of luck. */
function suspended(tree: FileTree, unit: string): FileTree {
  const path = `changes/flux-system/flux-system/kustomization.kustomize.toolkit.fluxcd.io_${unit}.yaml`;
  const text = tree.get(path);
  if (text === undefined) return tree;
  return new Map([...tree, [path, text.replace('spec:\n', 'spec:\n  suspend: true\n')]]);
}

async function unitsRunning(): Promise<readonly LiveObject[]> {
  const units = await lab.client.list('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations');
  return units.filter(({ spec }) => spec?.['suspend'] !== true);
}
