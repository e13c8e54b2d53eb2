import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, FluxChart } from '../../src';
import { type ClusterEstate, type FileTree, type JsonObject, kindOf } from '../../src/estate';
import { conditionOf, startLab, waitFor, type Lab } from '../../src/lab';
import { compileApp } from '../../src/pipeline';
import { configMap, deployment, service, talksTo } from './manifests';
import { labName } from './names';
import { prove, table } from './proof';

const MINUTES = 60_000;
const UNITS = 100;
const CONFIG_MAPS = 8;
const NAMESPACE = 'many';
const rows: (readonly (string | number)[])[] = [];
let lab: Lab | undefined;

afterEach(() => lab?.down(), MINUTES);

afterAll(() =>
  prove('scale', [
    '## A thousand objects\n',
    `${UNITS} units of ten objects each: a Deployment that talks to another unit's, its Service, ${CONFIG_MAPS} ConfigMaps.`,
    'On one pretended node, from an empty cluster, beside the same objects in one flat Kustomization with `wait`.\n',
    ...table(['estate', 'Kustomizations', 'objects', 'all Ready after (s)'], rows),
    '',
  ]),
);

/** A hundred charts, three deep: each but the first talks to another one. */
function compile(): { readonly cluster: ClusterEstate; readonly tree: FileTree } {
  const app = new FluxApp({ dist: '/nowhere/dist', ops: '/nowhere/ops' });
  const cluster = new Cluster(app, 'units');
  for (let unit = 0; unit < UNITS; unit++) {
    const name = `unit-${unit}`;
    const chart = new FluxChart(cluster, name, { namespace: NAMESPACE });
    const container = unit === 0 ? {} : talksTo(`unit-${Math.floor((unit - 1) / 10)}`, NAMESPACE);
    new ApiObject(chart, 'pods', deployment(name, { container }));
    new ApiObject(chart, 'service', service(name));
    for (let map = 0; map < CONFIG_MAPS; map++)
      new ApiObject(chart, `map-${map}`, configMap(`${name}-${map}`, 'x'));
  }
  const { estate, tree } = compileApp(app);
  return { cluster: estate.clusters[0] as ClusterEstate, tree };
}

const { cluster, tree } = compile();

/** The same objects in one folder, with one Kustomization that waits for all of them. */
function flatTree(): FileTree {
  const objects = cluster.objects.filter((object) => !kindOf(object).includes('fluxcd.io/'));
  const files = objects.map(({ body }, index): [string, JsonObject] => [`${index}.json`, body]);
  const spec = {
    interval: '1h',
    timeout: '5m',
    path: './dist/flat/all',
    prune: true,
    wait: true,
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  };
  const metadata = { name: 'all', namespace: 'flux-system' };
  const all = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec };
  const folders: readonly [string, readonly [string, JsonObject][]][] = [
    ['flat/flux-system', [['all.json', all]]],
    ['flat/all', files],
  ];
  const text = (object: JsonObject): string => JSON.stringify(object);
  return new Map(
    folders.flatMap(([folder, entries]) => [
      [`${folder}/kustomization.yaml`, text({ resources: entries.map(([file]) => file) })],
      ...entries.map(([file, body]): [string, string] => [`${folder}/${file}`, text(body)]),
    ]),
  );
}

/** Seconds from the moment that Flux is pointed at an estate until the last of its Kustomizations is Ready. */
async function secondsToReady(name: string, files: FileTree, count: number): Promise<number> {
  lab = await startLab({ name: labName(name), nodes: 0, kwok: 1 });
  const { client } = lab;
  await lab.publish(files);
  const start = Date.now();
  await lab.follow(name);
  let last = 0;
  await waitFor({
    what: 'not all are Ready',
    seconds: 300,
    missing: async () => {
      // Asking more often would take the time that is measured.
      await sleep(2000);
      const units = await client.list('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations');
      const ready = units.flatMap((unit) => {
        const condition = conditionOf(unit, 'Ready');
        return condition?.status === 'True' ? [Date.parse(condition.lastTransitionTime ?? '')] : [];
      });
      last = Math.max(...ready);
      return ready.length === count ? undefined : `${ready.length} of ${count}`;
    },
  });
  return Math.max(0, Math.round((last - start) / 1000));
}

test(
  'a thousand objects in a hundred units get Ready, in order',
  async () => {
    const objects = cluster.objects.filter(({ namespace }) => namespace === NAMESPACE);
    expect(objects).toHaveLength(1000);
    // The root and the Namespaces have a Kustomization each.
    const seconds = await secondsToReady('units', tree, UNITS + 2);
    rows.push(['units', UNITS + 2, objects.length, seconds]);
    const pods = await lab!.client.list(`/api/v1/namespaces/${NAMESPACE}/pods`);
    expect(pods.filter((pod) => conditionOf(pod, 'Ready')?.status === 'True')).toHaveLength(UNITS);
  },
  8 * MINUTES,
);

test(
  'the same objects in one flat Kustomization get Ready too, in no order',
  async () => {
    const seconds = await secondsToReady('flat', flatTree(), 2);
    rows.push(['flat', 2, 1000, seconds]);
    const pods = await lab!.client.list(`/api/v1/namespaces/${NAMESPACE}/pods`);
    expect(pods.filter((pod) => conditionOf(pod, 'Ready')?.status === 'True')).toHaveLength(UNITS);
  },
  8 * MINUTES,
);
