/** The composition root. */
export const main = `import { Cluster, FluxApp } from 'fluxwright';
import { Hello } from './charts/hello';

const app = new FluxApp();
const production = new Cluster(app, 'production');
new Hello(production);
app.synth();
`;

/** One system in one file. */
export const chart = `import { type Cluster, type Endpoint, FluxChart, Program } from 'fluxwright';

/** A small web server. A chart is one system: one namespace, one folder in dist/, one Flux Kustomization. */
export class Hello extends FluxChart {
  /** Where it answers. Whoever uses this in a manifest is installed after this chart. */
  readonly endpoint: Endpoint;

  constructor(cluster: Cluster) {
    super(cluster, 'hello', { namespace: 'hello', podSecurity: 'restricted' });

    const server = new Program(this, 'server', {
      image: 'ghcr.io/stefanprodan/podinfo:6.9.2',
      port: 9898,
      replicas: 2,
      env: { PODINFO_UI_MESSAGE: 'Hello from Fluxwright' },
      live: { http: '/healthz', port: 9898 },
      ready: { http: '/readyz', port: 9898 },
    });
    this.endpoint = server.endpoint;
  }
}
`;

/** A test of it, with what Node brings. */
export const chartTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster, FluxApp } from 'fluxwright';
import { compileForTest } from 'fluxwright/testing';
import { Hello } from '../charts/hello';

function compiled() {
  const app = new FluxApp();
  const hello = new Hello(new Cluster(app, 'test'));
  return { hello, ...compileForTest(app) };
}

test('nothing is wrong with it', () => {
  assert.deepEqual(compiled().findings, []);
});

test('it answers inside the cluster, in its own namespace', () => {
  const { hello, object } = compiled();
  assert.equal(hello.endpoint, 'hello-server.hello.svc.cluster.local:9898');
  assert.equal(object('svc/hello-server').namespace, 'hello');
});

test('one of its pods stays while nodes are drained', () => {
  const { objects } = compiled();
  assert.deepEqual(
    objects('PodDisruptionBudget').map(({ name }) => name),
    ['hello-server'],
  );
});
`;
