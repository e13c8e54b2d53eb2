import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, FluxChart } from '../../src';
import { type ClusterEstate, describe as called, type JsonObject } from '../../src/estate';
import { conditionOf, waitFor } from '../../src/lab';
import { compileApp, type CompiledApp } from '../../src/pipeline';
import { diagnose, readCluster, statusText } from '../../src/status';
import { startAnywhere, type AnyLab } from './anywhere';
import { kustomizationPath, withSpecs } from './kustomizations';
import { configMap, deployment, type Manifest, type Pods } from './manifests';
import { prove, table } from './proof';

const MINUTES = 60_000;
const NAMESPACE = 'samples';
const VARIANTS = ['ordered', 'bare'] as const;
type Variant = (typeof VARIANTS)[number];

/** A kind of edge: what brings something, what needs it, and what happens to that without it. */
interface Sample {
  readonly strength: 'admission' | 'start';
  readonly brings?: (name: string) => Manifest;
  readonly needs: (name: string) => Manifest;
  readonly fails: RegExp;
}

const running = (pods: (name: string) => Pods) => (name: string) => deployment(name, pods(name));

const samples: { readonly [what: string]: Sample } = {
  namespace: {
    strength: 'admission',
    needs: (name) => configMap(name, 'x'),
    fails: /namespaces "samples" not found/,
  },
  crd: {
    strength: 'admission',
    brings: (name) => customKind(name),
    needs: (name) => ({ apiVersion: `${name}.example.com/v1`, kind: 'Thing', metadata: { name } }),
    fails: /no matches for kind "Thing"/,
  },
  priority: {
    strength: 'start',
    brings: (name) => ({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value: 1,
    }),
    needs: running((name) => ({ pod: { priorityClassName: name } })),
    fails: /no PriorityClass with name .* was found/,
  },
  account: {
    strength: 'start',
    brings: (name) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }),
    needs: running((name) => ({ pod: { serviceAccountName: name } })),
    fails: /serviceaccount ".*" not found/,
  },
  claim: {
    strength: 'start',
    brings: (name) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
    }),
    needs: running((name) => ({
      pod: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }] },
    })),
    fails: /persistentvolumeclaim ".*" not found/,
  },
  settings: {
    strength: 'start',
    brings: (name) => configMap(name, 'x'),
    needs: running((name) => ({ container: { envFrom: [{ configMapRef: { name } }] } })),
    fails: /configmap ".*" not found/,
  },
  secret: {
    strength: 'start',
    brings: (name) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { a: 'x' } }),
    // The kubelet waits for no volume that no container mounts.
    needs: running((name) => ({
      container: { volumeMounts: [{ name: 'keys', mountPath: '/keys' }] },
      pod: { volumes: [{ name: 'keys', secret: { secretName: name } }] },
    })),
    fails: /secret ".*" not found/,
  },
};

function customKind(name: string): Manifest {
  const group = `${name}.example.com`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `things.${group}` },
    spec: {
      group,
      names: { kind: 'Thing', plural: 'things', singular: 'thing', listKind: 'ThingList' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

const nameOf = (variant: Variant, what: string): string => `${variant}-${what}`;
const bringer = (variant: Variant, what: string): string => `${nameOf(variant, what)}-bringer`;

function compile(): CompiledApp {
  const app = new FluxApp({ dist: '/nowhere/dist', ops: '/nowhere/ops' });
  const cluster = new Cluster(app, 'needed');
  for (const variant of VARIANTS)
    for (const [what, { brings, needs }] of Object.entries(samples)) {
      const name = nameOf(variant, what);
      if (brings)
        new ApiObject(
          new FluxChart(cluster, bringer(variant, what), { namespace: NAMESPACE }),
          'it',
          brings(name),
        );
      new ApiObject(new FluxChart(cluster, name, { namespace: NAMESPACE }), 'it', needs(name));
    }
  return compileApp(app);
}

const compiled = compile();
const cluster = compiled.estate.clusters[0] as ClusterEstate;
const rows: (readonly string[])[] = [];
let lab: AnyLab;

/** The estate with what brings things held back, and with one variant that does not wait for it. */
async function publish(heldBack: readonly string[]): Promise<string> {
  const bare = Object.keys(samples).map(
    (what) => [nameOf('bare', what), { dependsOn: undefined, retryInterval: '5s' }] as const,
  );
  const held = heldBack.map((unit) => [unit, { suspend: true }] as const);
  return lab.publish(withSpecs(compiled.tree, Object.fromEntries([...bare, ...held])));
}

const bringers = Object.keys(samples).flatMap((what) => VARIANTS.map((variant) => bringer(variant, what)));

beforeAll(async () => {
  lab = await startAnywhere('needed', { nodes: 1 });
  await lab.provideImages(['busybox:1.36']);
  await publish(['namespaces', ...bringers]);
  await lab.follow('needed');
}, 5 * MINUTES);

afterAll(async () => {
  prove('needed', [
    '## Every kind of edge is needed\n',
    'Whatever brings something was held back, on an empty cluster with a real node. With the derived edge nothing was',
    'made before it was there, and nothing ever failed. The same unit without the edge:\n',
    ...table(['edge', 'strength', 'without it'], rows),
    '\nOf `runtime` edges Kubernetes itself knows nothing: without one only the program in the pod would notice.\n',
  ]);
  await lab?.down();
}, MINUTES);

test.each(Object.keys(samples))('the edge of %s is derived', (what) => {
  const unit = cluster.units.find(({ name }) => name === nameOf('ordered', what));
  expect(unit?.dependsOn).toContain(samples[what]?.brings ? bringer('ordered', what) : 'namespaces');
});

/** Whatever is said of the unit or its object, by us or by Flux. */
async function saidOf(name: string): Promise<string> {
  const status = diagnose(await readCluster(lab.client, cluster, compiled.registry), cluster);
  const about = status.causes.flatMap(({ finding, stops }) => [
    `${finding.object ? called(finding.object) : ''}: ${finding.message}`,
    ...stops.map(({ object, message }) => `${object}: ${message}`),
  ]);
  return about.filter((text) => text.split(': ')[0]?.endsWith(`/${name}`)).join('\n');
}

/** What becomes of a unit that does not wait for what it needs: what is said of it once it fails as expected. */
async function failureWithout(what: string): Promise<string> {
  const { fails, strength } = samples[what] as Sample;
  let said = '';
  await waitFor({
    what: `${what} does not fail`,
    seconds: 90,
    missing: async () => ((said = await saidOf(nameOf('bare', what))).match(fails) ? undefined : said),
  });
  const failure = fails.exec(said)?.[0] ?? '';
  rows.push([what, strength, `\`${failure}\``]);
  return failure;
}

/** Why the unit with the edge is not Ready, and whether its object is there. */
async function waiting(what: string): Promise<readonly [string | undefined, boolean]> {
  const name = nameOf('ordered', what);
  const unit = await lab.client.find(kustomizationPath(name));
  const body = cluster.units.find((one) => one.name === name)?.objects[0]?.body as JsonObject;
  const path = await lab.client.pathOf(body).catch(() => undefined);
  const isMade = path !== undefined && (await lab.client.find(path)) !== undefined;
  return [unit && conditionOf(unit, 'Ready')?.reason, isMade];
}

test(
  'without its Namespace an object is refused; with the edge it waits',
  async () => {
    expect(await failureWithout('namespace')).toBe('namespaces "samples" not found');
    expect(await waiting('namespace')).toEqual(['DependencyNotReady', false]);
    await publish(bringers);
    await waitFor({
      what: 'the Namespace is not there',
      seconds: 60,
      missing: async () =>
        (await lab.client.find(`/api/v1/namespaces/${NAMESPACE}`)) ? undefined : 'not yet',
    });
  },
  3 * MINUTES,
);

test.each(Object.keys(samples).filter((what) => samples[what]?.brings))(
  'without what brings its %s a unit fails; with the edge it waits',
  async (what) => {
    expect(await failureWithout(what)).not.toBe('');
    expect(await waiting(what)).toEqual(['DependencyNotReady', false]);
  },
  2 * MINUTES,
);

test(
  'once everything is let through all get Ready, and no unit with edges has ever failed',
  async () => {
    await lab.waitReady({ seconds: 180, revision: await publish([]) });
    const events = await lab.client.list(
      '/api/v1/namespaces/flux-system/events?fieldSelector=type%3DWarning',
    );
    const failed = events.map((event) => (event['involvedObject'] as { name: string }).name);
    expect(failed.filter((name) => name.startsWith('ordered-'))).toEqual([]);
    expect(failed.filter((name) => name.startsWith('bare-'))).not.toEqual([]);
    const status = diagnose(await readCluster(lab.client, cluster, compiled.registry), cluster);
    expect(statusText(status, { color: false })).toMatch(
      /^cluster needed at \S+: (\d+) of \1 units Ready\n$/,
    );
  },
  4 * MINUTES,
);
