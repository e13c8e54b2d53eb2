import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describe as called } from '../../src/estate';
import { startLab, waitFor, type Lab } from '../../src/lab';
import { compileApp, type CompiledApp } from '../../src/pipeline';
import { type ClusterStatus, diagnose, readCluster, statusText } from '../../src/status';
import { fluxwright, project } from '../cli/project';
import { failureApp, NAMESPACE, type Revision } from './failure-estate';
import { openApi } from './kubeconfig';
import { labName } from './names';
import { prove } from './proof';

const MINUTES = 60_000;
const shown: string[] = [];
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ name: labName('failure'), nodes: 0, kwok: 1 });
  await lab.publish(compile().tree);
  await lab.follow('failure');
}, 3 * MINUTES);

afterAll(async () => {
  prove('failure', ['## When something fails\n', ...shown]);
  await lab?.down();
}, MINUTES);

const compile = (revision: Revision = {}): CompiledApp => compileApp(failureApp(revision));

/** What `fluxwright status` says of the lab, as it is beside a revision. */
async function statusBeside({ estate, registry }: CompiledApp): Promise<ClusterStatus> {
  const [cluster] = estate.clusters;
  return diagnose(await readCluster(lab.client, cluster, registry), cluster);
}

async function eventually(
  seconds: number,
  compiled: CompiledApp,
  missing: (status: ClusterStatus) => string | undefined,
): Promise<ClusterStatus> {
  let status = await statusBeside(compiled);
  const what = 'the status is not as it should be';
  await waitFor({
    what,
    seconds,
    missing: async () => {
      status = await statusBeside(compiled);
      return missing(status) && statusText(status, { color: false });
    },
  });
  return status;
}

const isReady = ({ isReady: is }: ClusterStatus): string | undefined => (is ? undefined : 'not Ready');

const find = (kind: string, name: string) =>
  lab.client.find(
    `/${kind === 'configmaps' ? 'api/v1' : 'apis/apps/v1'}/namespaces/${NAMESPACE}/${kind}/${name}`,
  );

const causes = (status: ClusterStatus): string[] =>
  status.causes.map(({ finding: { object } }) => (object ? called(object) : ''));

test(
  'an operator that never gets Ready stops what needs it and nothing else, and is named with its line',
  async () => {
    const compiled = compile();
    const others = ['operator', 'client', 'far'].map((name) => `Kustomization/flux-system/${name}`);
    await lab.waitReady({ seconds: 60, except: others });
    const status = await eventually(60, compiled, ({ causes: [cause] }) =>
      cause?.stops.length === 3 ? undefined : 'not all are stopped yet',
    );
    expect(causes(status)).toEqual([`Deployment ${NAMESPACE}/operator`]);
    expect(status.causes[0]?.stops.map(({ object }) => object).toSorted()).toEqual(
      ['client', 'far', 'operator'].map((name) => `Kustomization flux-system/${name}`),
    );
    expect(await find('deployments', 'client')).toBeUndefined();
    expect((await find('deployments', 'shop'))?.status?.['readyReplicas']).toBe(2);
  },
  3 * MINUTES,
);

test(
  '`fluxwright status` prints it, with the line of the program, and exits with 1',
  async () => {
    const { server, text } = await openApi(lab);
    const main = `import { failureApp } from ${JSON.stringify(join(__dirname, 'failure-estate'))};\nfailureApp().synth();\n`;
    const told = await fluxwright(project(main, { kubeconfig: text }), [
      'status',
      '--kubeconfig',
      'kubeconfig',
    ]);
    server.close();
    expect(told).toMatchObject({ code: 1, stderr: '' });
    expect(told.stdout).toMatch(
      /in {2}failure: Deployment shop\/operator\n {2}at {2}.*failure-estate\.ts:\d+:\d+\n.* new ApiObject\(operators, 'pods', deployment\('operator'/,
    );
    const shortened = told.stdout.trim().replaceAll(join(__dirname, '../..'), '.');
    shown.push(
      'An operator that never got Ready stopped what needs it, and nothing else. `fluxwright status`:\n',
    );
    shown.push('```', shortened, '```\n');
  },
  MINUTES,
);

test(
  'a commit that mends it goes through at once, although its check still runs',
  async () => {
    const compiled = compile({ operator: '1s' });
    const start = Date.now();
    const revision = await lab.publish(compiled.tree);
    await lab.waitReady({ seconds: 90, revision });
    shown.push(`The commit that mended it, and all that had waited, was Ready ${seconds(start)} s later.\n`);
    expect(await statusBeside(compiled)).toMatchObject({ isReady: true, units: { total: 6, ready: 6 } });
  },
  2 * MINUTES,
);

const seconds = (start: number): number => Math.round((Date.now() - start) / 1000);

test(
  'a commit that the API server refuses changes nothing of its unit, and the line of the field is named',
  async () => {
    const bad = compile({ operator: '1s', shop: { text: 'second', replicas: -1 } });
    await lab.publish(bad.tree);
    const status = await eventually(60, bad, (now) =>
      now.causes.length === 1 ? undefined : 'not refused yet',
    );
    const [cause] = status.causes;
    expect(causes(status)).toEqual([`Deployment ${NAMESPACE}/shop`]);
    expect(cause?.finding).toMatchObject({ rule: 'ReconciliationFailed', path: 'spec.replicas' });
    expect(cause?.finding.message).toMatch(
      /must be greater than or equal to 0[^]*was not applied; main@sha1:\w+ stays/,
    );
    expect((await find('configmaps', 'settings'))?.['data']).toEqual({ text: 'first' });
    expect((await find('deployments', 'shop'))?.status?.['readyReplicas']).toBe(2);
    shown.push('A commit that the API server refuses left the last good state of its unit running.\n');
    const good = compile({ operator: '1s', shop: { text: 'second' } });
    await lab.waitReady({ seconds: 60, revision: await lab.publish(good.tree) });
    expect((await find('configmaps', 'settings'))?.['data']).toEqual({ text: 'second' });
  },
  3 * MINUTES,
);

test(
  'a commit whose pods never get Ready leaves the old ones running, and is named',
  async () => {
    const before = await podsOfShop();
    const bad = compile({ operator: '1s', shop: { text: 'second', readyAfter: 'never' } });
    await lab.publish(bad.tree);
    const status = await eventually(60, bad, (now) =>
      now.causes.length === 1 ? undefined : 'not rolled out yet',
    );
    expect(causes(status)).toEqual([`Deployment ${NAMESPACE}/shop`]);
    expect(status.causes[0]?.finding.message).toMatch(/^1 of 3 pods not Ready; shop-/);
    expect(await podsOfShop()).toEqual(expect.arrayContaining(before));
    shown.push('A commit whose pods never get Ready left the old pods running.\n');
    const good = compile({ operator: '1s', shop: { text: 'second' } });
    await lab.waitReady({ seconds: 60, revision: await lab.publish(good.tree) });
  },
  3 * MINUTES,
);

async function podsOfShop(): Promise<(string | undefined)[]> {
  const pods = await lab.client.list(`/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app%3Dshop`);
  return pods.map(({ metadata }) => metadata.uid);
}

test(
  'what somebody changes by hand is named with who did it, and set back',
  async () => {
    const compiled = compile({ operator: '1s', shop: { text: 'second' } });
    const settings = `/api/v1/namespaces/${NAMESPACE}/configmaps/settings`;
    const shop = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/shop`;
    await lab.client.request('PATCH', `${settings}?fieldManager=kubectl-edit`, { data: { text: 'mine' } });
    await lab.kubectl('scale', '--namespace', NAMESPACE, 'deployment/shop', '--replicas=1');
    const drifted = await statusBeside(compiled);
    expect(drifted.warnings.map(({ rule, path, message }) => [rule, path, message])).toEqual([
      ['Drifted', 'data.text', 'kubectl-edit has set it to "mine", the estate says "second"'],
      ['Drifted', 'spec.replicas', 'kubectl has set it to 1, the estate says 2'],
    ]);
    await lab.client.request('DELETE', '/apis/apps/v1/namespaces/shop/deployments/far');
    expect(causes(await statusBeside(compiled))).toEqual([`Deployment ${NAMESPACE}/far`]);
    for (const unit of ['shop', 'far']) await lookNow(unit);
    await eventually(
      60,
      compiled,
      (status) => isReady(status) ?? (status.warnings.length > 0 ? 'drifted' : undefined),
    );
    expect((await lab.client.find(settings))?.['data']).toEqual({ text: 'second' });
    expect((await lab.client.find(shop))?.spec?.['replicas']).toBe(2);
    shown.push('Fields changed by hand and a deleted object were named, and set back at the next look.');
  },
  2 * MINUTES,
);

/** Has Flux look at a unit now instead of in an hour. */
async function lookNow(unit: string): Promise<void> {
  const annotations = { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() };
  const path = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/${unit}`;
  await lab.client.request('PATCH', path, { metadata: { annotations } });
}
