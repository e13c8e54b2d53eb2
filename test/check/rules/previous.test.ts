import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import {
  chart,
  Cluster,
  external,
  FluxApp,
  FluxChart,
  HelmRelease,
  keep,
  StatefulCluster,
} from '../../../src';
import type { Finding } from '../../../src/estate';
import { compileApp } from '../../../src/pipeline';
import { write } from '../../../src/write';

type Build = (cluster: Cluster) => void;

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** What the rules say of a change: the first estate is committed, the second one compiled. */
function findings(before: Build, after: Build): Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-previous-'));
  folders.push(folder);
  const dist = join(folder, 'dist');
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  write(dist, compileApp(appOf(before, dist)).tree, { allowRemoval: true });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message=before');
  return compileApp(appOf(after, dist)).findings.filter(({ severity }) => severity === 'error');
}

function rulesOf(before: Build, after: Build): string[] {
  return findings(before, after).map(({ rule }) => rule);
}

function appOf(build: Build, dist: string): FluxApp {
  const app = new FluxApp({ dist });
  build(new Cluster(app, 'test'));
  return app;
}

function settings(scope: FluxChart, data: { [key: string]: string } = {}): ApiObject {
  return new ApiObject(scope, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data,
  });
}

const inChart =
  (name: string, kept = false): Build =>
  (cluster) => {
    const made = new FluxChart(cluster, name, { namespace: 'shop' });
    new FluxChart(cluster, 'a', { namespace: 'shop' });
    settings(made);
    if (kept) keep(made);
  };

test('a change of content alone is fine', () => {
  const build =
    (value: string): Build =>
    (cluster) =>
      void settings(new FluxChart(cluster, 'shop', { namespace: 'shop' }), { value });
  expect(rulesOf(build('1'), build('2'))).toEqual([]);
});

const holding =
  (owner: 'left' | 'right', kept = false): Build =>
  (cluster) => {
    for (const name of ['left', 'right']) {
      const made = new FluxChart(cluster, name, { namespace: 'shop' });
      new ApiObject(made, 'own', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: {} });
      if (name !== owner) continue;
      settings(made);
      if (kept) keep(made);
    }
  };

test('an object that changes its unit is refused, with the commits that move it', () => {
  const [finding, ...others] = findings(holding('left'), holding('right'));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: 'object-moved', object: { name: 'settings' } });
  expect(finding?.fix).toMatch(/1\. .*keep\(\)[^]*2\. [^]*3\. /);
});

test('the commits that are named for a move are accepted, one after the other', () => {
  expect(rulesOf(holding('left'), holding('left', true))).toEqual([]);
  expect(rulesOf(holding('left', true), holding('right', true))).toEqual([]);
  expect(rulesOf(holding('right', true), holding('right'))).toEqual([]);
});

test('a unit that changes its name is refused once, and accepted once its objects are kept', () => {
  expect(rulesOf(inChart('shop'), inChart('store'))).toEqual(['unit-renamed']);
  expect(rulesOf(inChart('shop', true), inChart('store', true))).toEqual([]);
});

test('a unit whose objects are named after it is refused too', () => {
  const named =
    (name: string): Build =>
    (cluster) =>
      void new ApiObject(new FluxChart(cluster, name, { namespace: 'shop' }), 'settings', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
      });
  expect(rulesOf(named('shop'), named('store'))).toEqual(['unit-renamed']);
});

const deployment =
  (app: string): Build =>
  (cluster) => {
    const labels = { app };
    const containers = [{ name: 'main', image: 'api:1.0.0' }];
    new ApiObject(new FluxChart(cluster, 'shop', { namespace: 'shop' }), 'api', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
    });
  };

test('a field that can be set only once cannot change', () => {
  expect(rulesOf(deployment('web'), deployment('shop'))).toEqual(['immutable-field']);
});

const volumes =
  (size: string): Build =>
  (cluster) =>
    void new StatefulCluster(new FluxChart(cluster, 'zk', { namespace: 'data' }), 'zk', {
      image: 'zookeeper:3.9.5',
      peers: 3,
      clientPorts: { client: 2181 },
      storage: { '/data': size },
      ready: { tcp: 'client' },
      resources: { requests: { cpu: '1', memory: '1Gi' } },
    });

test('a claim template that grows is refused, with the commands and the commit that grow it', () => {
  const [finding, ...others] = findings(volumes('1Gi'), volumes('2Gi'));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: 'immutable-field', object: { kind: 'StatefulSet' } });
  expect(finding?.fix.split('\n')).toEqual([
    `1. \`kubectl -n data patch pvc data-zk-0 data-zk-1 data-zk-2 -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'\``,
    "2. commit this change with `ignore(…, 'immutable-field', '<why>')` on the StatefulSet: Flux is refused it, and changes nothing",
    '3. `kubectl -n flux-system wait kustomization zk --for=condition=Ready=false --timeout=15m`: until that has happened',
    '4. `kubectl -n data delete statefulset zk --cascade=orphan`: its pods and volumes stay',
    '5. `flux reconcile kustomization zk`: the new StatefulSet takes them over',
    '6. commit without `ignore`',
  ]);
});

test('a claim template that shrinks is refused, and no command is said to do it', () => {
  const [finding, ...others] = findings(volumes('1Gi'), volumes('512Mi'));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: 'immutable-field', object: { kind: 'StatefulSet' } });
  expect(finding?.fix).toContain('never shrinks');
  expect(finding?.fix).not.toContain('kubectl');
});

const claim =
  (storage: string): Build =>
  (cluster) =>
    void new ApiObject(new FluxChart(cluster, 'shop', { namespace: 'shop' }), 'data', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
    });

test('a claim may grow and must not shrink', () => {
  expect(rulesOf(claim('1Gi'), claim('2Gi'))).toEqual([]);
  expect(rulesOf(claim('2Gi'), claim('1Gi'))).toEqual(['immutable-field']);
});

const gadgets =
  (size: number): Build =>
  (cluster) => {
    const spec = {
      type: 'object',
      properties: {
        size: {
          type: 'integer',
          'x-kubernetes-validations': [{ rule: 'self >= oldSelf', message: 'only grows' }],
        },
      },
    };
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
    new ApiObject(new FluxChart(cluster, 'crds'), 'gadgets', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'gadgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Gadget', plural: 'gadgets' },
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    });
    new ApiObject(new FluxChart(cluster, 'shop', { namespace: 'shop' }), 'gadget', {
      apiVersion: 'example.com/v1',
      kind: 'Gadget',
      spec: { size },
    });
  };

test('a rule of a CRD that compares with the old object is kept', () => {
  expect(rulesOf(gadgets(1), gadgets(2))).toEqual([]);
  expect(findings(gadgets(2), gadgets(1))).toMatchObject([
    { rule: 'transition', path: 'spec.size', message: expect.stringContaining('only grows') },
  ]);
});

const strimzi = chart({
  name: 'strimzi-kafka-operator',
  version: '1.2.0',
  repository: 'oci://quay.io/strimzi-helm',
});

const kafka =
  (parts: readonly ('operator' | 'topic')[], more: (made: FluxChart) => void = () => undefined): Build =>
  (cluster) => {
    const made = new FluxChart(cluster, 'kafka', { namespace: 'queuing' });
    settings(made);
    if (parts.includes('operator')) new HelmRelease(made, 'operator', { chart: strimzi });
    const [apiVersion, kind] = ['kafka.strimzi.io/v1', 'KafkaUser'];
    if (parts.includes('topic')) new ApiObject(made, 'user', { apiVersion, kind, spec: {} });
    more(made);
  };

test('an operator cannot go in the same commit as what it has to see off', () => {
  expect(rulesOf(kafka(['operator', 'topic']), kafka([]))).toEqual(['operator-removed']);
  expect(rulesOf(kafka(['operator', 'topic']), kafka(['operator']))).toEqual([]);
});

const withTopic =
  (annotation?: string): Build =>
  (cluster) => {
    kafka(['operator'], (made) => {
      const topic = new ApiObject(made, 'topic', {
        apiVersion: 'kafka.strimzi.io/v1',
        kind: 'KafkaTopic',
        metadata: { name: 't' },
        spec: {},
      });
      if (annotation !== undefined)
        topic.metadata.addAnnotation('kustomize.toolkit.fluxcd.io/prune', annotation);
    })(cluster);
  };

test('what holds data leaves only when somebody has committed that it may', () => {
  expect(rulesOf(withTopic(), kafka(['operator']))).toEqual(['removes-data']);
  expect(rulesOf(withTopic('enabled'), kafka(['operator']))).toEqual([]);
});

test('what holds data may stay in the cluster without Flux, if that is said', () => {
  const kept = kafka(['operator'], (made) =>
    external(made, {
      kind: 'kafka.strimzi.io/KafkaTopic',
      namespace: 'queuing',
      name: 't',
      reason: 'exported first',
    }),
  );
  expect(rulesOf(withTopic(), kept)).toEqual([]);
});

test('a Namespace does not leave by accident', () => {
  const spaces =
    (names: string[]): Build =>
    (cluster) =>
      names.forEach((name) => settings(new FluxChart(cluster, name, { namespace: name })));
  expect(rulesOf(spaces(['a', 'b']), spaces(['a']))).toEqual(['removes-data']);
  const [finding] = findings(spaces(['a', 'b']), spaces(['a']));
  expect(finding?.fix).toContain('`kubectl delete namespace b`');
  const leaving: Build = (cluster) => {
    spaces(['a'])(cluster);
    external(cluster, { kind: 'Namespace', name: 'b', reason: 'deleted by hand next' });
  };
  expect(rulesOf(spaces(['a', 'b']), leaving)).toEqual([]);
});
