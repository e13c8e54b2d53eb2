import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, FluxChart } from '../../src';
import type { FileTree, JsonObject } from '../../src/estate';
import { conditionOf, startLab, waitFor, type Lab } from '../../src/lab';
import { fluxSettings } from '../../src/ops/flux-settings';
import { compileApp } from '../../src/pipeline';
import { kustomizationPath, withSpecs } from './kustomizations';
import { configMap, deployment, service, talksTo } from './manifests';
import { labName } from './names';
import { prove, table } from './proof';

const MINUTES = 60_000;
const NAMESPACE = 'shop';
const blocked: (readonly (string | number)[])[] = [];
const measured: (readonly (string | number)[])[] = [];
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ name: labName('order'), nodes: 0, kwok: 1 });
  await lab.publish(tree({}));
  await lab.follow('order');
}, 3 * MINUTES);

afterAll(async () => {
  prove('blocking', [
    '## A dependency in trouble blocks no change of what is installed\n',
    'Two units that depend on the same one: one by the derived expression, one by a plain `dependsOn`. A commit changed both.\n',
    ...table(['the dependency', 'derived: applied after (s)', `plain: after ${PATIENCE} s`], blocked),
    '',
  ]);
  prove('settings', [
    "## Flux's settings\n",
    `${SICK} units whose pods never get Ready, and one that needs nobody; checks time out after ${TIMEOUT}.`,
    'Seconds until a commit arrived:\n',
    ...table(["Flux's settings", 'of the unit that needs nobody', 'that mends a sick unit'], measured),
    '',
  ]);
  await lab?.down();
}, MINUTES);

/** Two apps that use a database, and what else may differ. */
interface Shape {
  readonly text?: string;
  readonly database?: string;
  /** Whether the apps also use something that never gets Ready. */
  readonly usesNever?: boolean;
}

const APPS = ['derived', 'plain'];

function tree({ text = 'first', database = '1s', usesNever = false }: Shape): FileTree {
  const app = new FluxApp({ dist: '/nowhere/dist', ops: '/nowhere/ops' });
  const cluster = new Cluster(app, 'order');
  const chart = (name: string): FluxChart => new FluxChart(cluster, name, { namespace: NAMESPACE });
  const [data, never] = [chart('database'), chart('never')];
  new ApiObject(data, 'pods', deployment('database', { readyAfter: database }));
  new ApiObject(data, 'service', service('database'));
  new ApiObject(never, 'pods', deployment('never', { readyAfter: 'never' }));
  new ApiObject(never, 'service', service('never'));
  for (const name of APPS) {
    const own = chart(name);
    new ApiObject(own, 'settings', configMap(name, text));
    new ApiObject(own, 'pods', deployment(name, { container: talksTo('database', NAMESPACE) }));
    if (usesNever) new ApiObject(own, 'more', configMap(`${name}-more`, 'http://never.shop.svc:80'));
  }
  const compiled = compileApp(app);
  const dependsOn = compiled.estate.clusters[0]?.units.find(({ name }) => name === 'plain')?.dependsOn ?? [];
  return withSpecs(compiled.tree, { plain: { dependsOn: dependsOn.map((name) => ({ name })) } });
}

async function textOf(name: string): Promise<unknown> {
  const found = await lab.client.find(`/api/v1/namespaces/${NAMESPACE}/configmaps/${name}`);
  return (found?.['data'] as JsonObject | undefined)?.['text'];
}

async function secondsUntil(
  what: string,
  seconds: number,
  missing: () => Promise<string | undefined>,
): Promise<number> {
  const start = Date.now();
  await waitFor({ what, seconds, missing });
  return Math.round((Date.now() - start) / 1000);
}

const arrives = (name: string, text: string, seconds: number): Promise<number> =>
  secondsUntil(`${name} does not change`, seconds, async () => {
    const now = await textOf(name);
    return now === text ? undefined : `it is at ${String(now)}`;
  });

async function readyOf(unit: string): Promise<{ readonly status?: string; readonly reason?: string }> {
  return conditionOf((await lab.client.find(kustomizationPath(unit)))!, 'Ready') ?? {};
}

/** How long a plain dependency is watched holding a commit back: it would do so for as long as the trouble lasts. */
const PATIENCE = 8;

const exceptNever = ['Kustomization/flux-system/never'];

test.each<[string, Shape, boolean]>([
  ['gets sick', { database: 'never' }, false],
  ['is suspended', {}, true],
  ['is new, and never gets Ready', { usesNever: true }, false],
])(
  'a dependency that %s blocks no change of what is installed, as a plain one would',
  async (what, trouble, isSuspended) => {
    const revision = await lab.publish(tree({}));
    await lab.waitReady({ seconds: 90, revision, except: exceptNever });
    const text = `after it ${what}`;
    const held = (files: FileTree): FileTree =>
      isSuspended ? withSpecs(files, { database: { suspend: true } }) : files;
    await lab.publish(held(tree(trouble)));
    await secondsUntil('there is no trouble', 60, () => troubleIs(what));
    await lab.publish(held(tree({ ...trouble, text })));
    const seconds = await arrives('derived', text, 30);
    await sleep(PATIENCE * 1000);
    expect(await readyOf('plain')).toMatchObject({ status: 'False', reason: 'DependencyNotReady' });
    expect(await textOf('plain')).toBe('first');
    blocked.push([what, seconds, 'blocked: DependencyNotReady']);
  },
  4 * MINUTES,
);

/** Flux has to have seen the trouble before the commit that it may block. */
async function troubleIs(what: string): Promise<string | undefined> {
  const database = await lab.client.find(kustomizationPath('database'));
  const isSeen =
    what === 'gets sick'
      ? (await readyOf('database')).status !== 'True'
      : what === 'is suspended'
        ? database?.spec?.['suspend'] === true
        : (await textOf('derived-more')) !== undefined;
  return isSeen ? undefined : 'Flux has not seen it';
}

const SICK = 4;
const TIMEOUT = '20s';

/** Units that are sick but for those that were mended, and one that needs nobody. */
function sickTree(text: string, mended?: string): FileTree {
  const app = new FluxApp({ dist: '/nowhere/dist', ops: '/nowhere/ops' });
  const cluster = new Cluster(app, 'order');
  const sick = Array.from({ length: SICK }, (_, index) => `sick-${index}`);
  for (const name of sick) {
    const chart = new FluxChart(cluster, name, { namespace: NAMESPACE });
    new ApiObject(chart, 'text', configMap(name, name === mended ? 'mended' : text));
    new ApiObject(chart, 'pods', deployment(name, { readyAfter: name === mended ? '1s' : 'never' }));
  }
  new ApiObject(new FluxChart(cluster, 'free', { namespace: NAMESPACE }), 'text', configMap('free', text));
  const patience = Object.fromEntries(sick.map((name) => [name, { timeout: TIMEOUT }]));
  return withSpecs(compileApp(app).tree, patience);
}

/** Starts Flux with other flags, and says how long two commits take to arrive beside four sick units. */
async function measure(flags: readonly string[]): Promise<readonly [number, number]> {
  await lab.components.stop('kustomize-controller');
  await lab.components.start('kustomize-controller', flags);
  const before = `before ${flags.join(' ')}`;
  await lab.publish(sickTree(before));
  await allChecked();
  const after = `after ${flags.join(' ')}`;
  await lab.publish(sickTree(after));
  const free = await arrives('free', after, 150);
  await allChecked();
  await lab.publish(sickTree(after, 'sick-0'));
  return [free, await arrives('sick-0', 'mended', 150)];
}

/** Waits until Flux waits for all sick units at once. */
async function allChecked(): Promise<void> {
  await secondsUntil('not all sick units are checked', 120, async () => {
    const units = await lab.client.list('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations');
    const checked = units.filter(({ metadata: { name } }) => name.startsWith('sick-')).filter(isChecked);
    return checked.length === SICK ? undefined : `${checked.length} are`;
  });
}

const isChecked = (unit: Parameters<typeof conditionOf>[0]): boolean =>
  conditionOf(unit, 'Reconciling')?.message?.startsWith('Running health checks') === true;

const DEFAULTS = [
  '--concurrent=4',
  '--requeue-dependency=30s',
  '--feature-gates=CancelHealthCheckOnNewRevision=false',
];

test(
  "with Flux's settings sick units delay no other, and no commit that mends them; with its defaults they do",
  async () => {
    const ours = fluxSettings.find(({ name }) => name === 'kustomize-controller')?.flags ?? [];
    const [free, mended] = await measure(ours);
    measured.push(['as `ops/` has them', free, mended]);
    const [freeByDefault, mendedByDefault] = await measure(DEFAULTS);
    measured.push(['the defaults', freeByDefault, mendedByDefault]);
    expect(free).toBeLessThan(10);
    expect(mended).toBeLessThan(10);
    expect(freeByDefault + mendedByDefault).toBeGreaterThan(2 * (free + mended) + 10);
  },
  8 * MINUTES,
);
