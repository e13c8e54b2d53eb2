import { ApiObject } from 'cdk8s';
import { Cluster, external, FluxApp, FluxChart } from '../../src';
import type { ClusterEstate, JsonObject } from '../../src/estate';
import { compileApp } from '../../src/pipeline';

/** What the cluster was given whose states are in `fixtures/recorded.json`: a unit for each way to fail. */
export function recordedEstate(): ClusterEstate {
  const app = new FluxApp({ dist: '/nowhere/dist', ops: '/nowhere/ops' });
  const cluster = new Cluster(app, 'rec');
  external(cluster, { kind: 'Secret', namespace: 'b', name: 'db-pass', reason: 'the vault has it' });
  const chart = (name: string, namespace: string, ...objects: readonly Manifest[]): void => {
    const made = new FluxChart(cluster, name, { namespace });
    for (const [index, object] of objects.entries()) new ApiObject(made, `${index}`, object);
  };
  const container = (more: JsonObject): JsonObject => ({ name: 'main', image: 'busybox:1.36', ...more });

  chart('never', 'a', deployment('never', [container({})]), service('never'));
  chart(
    'waiter',
    'a',
    deployment('waiter', [container({ env: [{ name: 'URL', value: 'http://never.a.svc' }] })]),
  );
  chart('pull', 'b', deployment('pull', [container({ image: 'registry.example.com/nope:1.0.0' })]));
  chart('crash', 'b', deployment('crash', [container({ command: ['sh', '-c', 'exit 3'] })]));
  chart(
    'nosecret',
    'b',
    deployment('nosecret', [
      container({ env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'db-pass', key: 'p' } } }] }),
    ]),
  );
  chart('nomount', 'b', deployment('nomount', [container({})], { volumes: [secretVolume] }));
  chart(
    'unready',
    'b',
    deployment('unready', [container({ readinessProbe: { exec: { command: ['no'] } } })]),
  );
  chart('nosa', 'b', deployment('nosa', [container({})], { serviceAccountName: 'nobody' }));
  chart('big', 'b', deployment('big', [container({ resources: { requests: { cpu: '900' } } })]));
  chart('refused', 'c', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'refused' },
    spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
  });
  chart('job', 'c', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate' },
    spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [container({})] } } },
  });
  chart('release', 'd', artifact('podinfo'), release('podinfo'), release('slow'), release('typo'));
  const [estate] = compileApp(app).estate.clusters;
  return estate as ClusterEstate;
}

type Manifest = ConstructorParameters<typeof ApiObject>[2];

const secretVolume: JsonObject = { name: 'x', secret: { secretName: 'tls-x' } };

function deployment(name: string, containers: readonly JsonObject[], pod: JsonObject = {}): Manifest {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers, ...pod } };
  const spec = { selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec };
}

function service(name: string): Manifest {
  const spec = { selector: { app: name }, ports: [{ name: 'http', port: 80 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
}

function artifact(name: string): Manifest {
  const spec = { interval: '1m', url: `oci://ghcr.io/acme/charts/${name}`, ref: { tag: '9.9.9' } };
  return { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', metadata: { name }, spec };
}

function release(name: string): Manifest {
  const spec = { interval: '1m', chartRef: { kind: 'OCIRepository', name: 'podinfo' }, values: { bad: 1 } };
  return { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name }, spec };
}
