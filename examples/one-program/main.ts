import { Cluster, external, FluxApp, FluxChart, Program, secretKey } from 'fluxwright';

const app = new FluxApp();
const cluster = new Cluster(app, 'example');
const shop = new FluxChart(cluster, 'shop', { namespace: 'shop', podSecurity: 'restricted' });

external(shop, {
  kind: 'Secret',
  namespace: 'shop',
  name: 'card-gateway',
  reason: 'the vault of the company brings it',
});
new Program(shop, 'checkout', {
  image: 'ghcr.io/example/checkout:1.4.2',
  port: 8080,
  replicas: { min: 2, max: 6 },
  env: { LOG_LEVEL: 'info', CARD_KEY: secretKey('card-gateway', 'key') },
  // A change of a file rolls the pods.
  files: { '/etc/checkout/prices.json': JSON.stringify({ currency: 'EUR' }) },
});

app.synth();
