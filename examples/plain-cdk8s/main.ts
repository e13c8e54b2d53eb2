import { ApiObject, Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { Cluster, FluxApp } from 'fluxwright';

const app = new FluxApp();
const cluster = new Cluster(app, 'example');

cluster.namespace('shop');
// A chart of cdk8s is a unit like any other.
const settings = new Chart(cluster, 'settings', { namespace: 'shop' });
new ConfigMap(settings, 'colors', { metadata: { name: 'colors' }, data: { background: 'white' } });
new ApiObject(settings, 'quota', {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'quota' },
  spec: { hard: { pods: '20' } },
});

app.synth();
