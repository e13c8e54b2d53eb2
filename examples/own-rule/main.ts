import { Cluster, FluxApp, FluxChart } from 'fluxwright';
import { teamIsNamed } from './team-is-named';

const app = new FluxApp({ rules: { add: [teamIsNamed], severity: { 'team-is-named': 'error' } } });
const cluster = new Cluster(app, 'example');

cluster.namespace('shop', { labels: { team: 'checkout' } });
new FluxChart(cluster, 'shop', { namespace: 'shop' });

app.synth();
