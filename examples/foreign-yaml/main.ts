import { join } from 'node:path';
import { Cluster, FluxApp, FluxChart, Include, Program } from 'fluxwright';

const app = new FluxApp();
const cluster = new Cluster(app, 'example');

const legacy = new FluxChart(cluster, 'legacy', { namespace: 'legacy' });
new Include(legacy, 'manifests', { path: join(__dirname, 'manifests') });

// A host name is an edge, whoever wrote the Service behind it: misspell it, and there is an error.
const shop = new FluxChart(cluster, 'shop', { namespace: 'shop', podSecurity: 'restricted' });
new Program(shop, 'checkout', {
  image: 'ghcr.io/example/checkout:1.4.2',
  port: 8080,
  env: { STOCK_URL: 'http://web.legacy.svc.cluster.local/stock' },
});

app.synth();
