import { Cluster, FluxApp, FluxChart, Program, StatefulCluster } from 'fluxwright';

const app = new FluxApp();
const cluster = new Cluster(app, 'example', { networkPolicies: true });

const data = new FluxChart(cluster, 'cache', { namespace: 'data', podSecurity: 'restricted' });
const cache = new StatefulCluster(data, 'cache', {
  image: 'valkey/valkey:9.0.1',
  peers: 3,
  quorum: false,
  clientPorts: { redis: 6379 },
  command: ['valkey-server', '--dir', '/data', '--appendonly', 'yes'],
  storage: { '/data': '5Gi' },
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  live: { tcp: 'redis' },
  ready: { exec: ['valkey-cli', 'ping'] },
});

// Nobody says that the cache comes first: its address in the environment does, and opens the way through the firewall.
const web = new FluxChart(cluster, 'web', { namespace: 'web', podSecurity: 'restricted' });
new Program(web, 'site', {
  image: 'ghcr.io/example/site:2.0.0',
  port: 3000,
  env: { CACHE: cache.endpoint('redis') },
});

app.synth();
