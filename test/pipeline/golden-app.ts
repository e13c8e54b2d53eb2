import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import {
  CertificateAuthority,
  chart,
  Cluster,
  external,
  FluxApp,
  FluxChart,
  HelmChart,
  HelmRelease,
  Include,
  Program,
  secretKey,
  StatefulCluster,
} from 'fluxwright';

const strimzi = chart({
  name: 'strimzi-kafka-operator',
  version: '1.2.0',
  repository: 'oci://quay.io/strimzi-helm',
});
const certManager = chart({
  name: 'cert-manager',
  version: 'v1.21.1',
  repository: 'https://charts.jetstack.io',
});

/** An estate with one of everything, whose files a new version of Fluxwright must not move. */
export function goldenApp(): FluxApp {
  const app = new FluxApp();
  const cluster = new Cluster(app, 'golden', { profile: 'ha', storageClass: 'fast', networkPolicies: true });
  certificates(cluster);
  const kafka = queue(cluster);
  const ensemble = votes(cluster);
  shop(app, cluster, [kafka, ensemble.endpoint('client')]);
  plain(cluster);
  return app;
}

function certificates(cluster: Cluster): void {
  const trust = new FluxChart(cluster, 'cert-manager', { namespace: 'cert-manager' });
  new HelmRelease(trust, 'release', {
    chart: certManager,
    releaseName: 'cert-manager',
    values: { crds: { enabled: true } },
  });
}

function queue(cluster: Cluster): string {
  const kafka = new FluxChart(cluster, 'kafka', { namespace: 'queuing' });
  new HelmRelease(kafka, 'operator', { chart: strimzi, values: { replicas: 2 } });
  new ApiObject(kafka, 'cluster', {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'Kafka',
    metadata: { name: 'main' },
    spec: {
      kafka: { version: '4.3.1', listeners: [{ name: 'plain', port: 9092, type: 'internal', tls: false }] },
    },
  });
  return 'main-kafka-bootstrap.queuing.svc.cluster.local:9092';
}

function votes(cluster: Cluster): StatefulCluster {
  const chartOfVotes = new FluxChart(cluster, 'zookeeper', { namespace: 'data', podSecurity: 'restricted' });
  const authority = new CertificateAuthority(chartOfVotes, 'ca');
  return new StatefulCluster(chartOfVotes, 'zookeeper', {
    image: 'zookeeper:3.9.5',
    peers: 3,
    clientPorts: { client: 2181 },
    peerPorts: { follower: 2888, election: 3888 },
    files: ({ hosts }) => ({
      '/conf/zoo.cfg': hosts.map((host, index) => `server.${index + 1}=${host}:2888:3888;2181\n`).join(''),
    }),
    storage: { '/data': '10Gi' },
    live: { exec: ['/bin/sh', '-c', 'echo ruok | nc -w 2 127.0.0.1 2181 | grep -q imok'], failures: 6 },
    ready: { exec: ['/bin/sh', '-c', 'echo srvr | nc -w 2 127.0.0.1 2181 | grep -q Mode'] },
    resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } },
    tls: { issuer: authority.issuer, path: '/tls' },
  });
}

function shop(app: FluxApp, cluster: Cluster, [brokers = '', zookeeper = '']: string[]): void {
  const programs = new FluxChart(cluster, 'shop', { namespace: 'shop', podSecurity: 'restricted' });
  external(programs, { kind: 'Secret', namespace: 'shop', name: 'card', reason: 'made by hand' });
  const program = {
    image: 'ghcr.io/example/api:1.0.0',
    port: 8080,
    env: { BROKERS: brokers, KEY: secretKey('card', 'key') },
  };
  new Program(programs, 'api', {
    ...program,
    replicas: { min: 2, max: 5 },
    files: { '/etc/api/zookeeper': zookeeper },
  });
  const packed = new HelmChart(app, 'worker', { version: '0.1.0', program });
  new HelmRelease(new FluxChart(cluster, 'worker', { namespace: 'worker' }), 'worker', {
    chart: packed.chart,
    values: { env: { BROKERS: brokers } },
  });
}

function plain(cluster: Cluster): void {
  const stock = new Chart(cluster, 'plain', { disableResourceNameHashes: true });
  new ApiObject(stock, 'Role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:Golden_Reader' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  });
  new Include(stock, 'foreign', { path: join(__dirname, 'foreign.yaml') });
}
