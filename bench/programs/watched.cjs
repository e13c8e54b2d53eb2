'use strict';

// The estate of `fluxwright.cjs`, with one line of it in a file of its own that is changed while somebody watches.
const { ApiObject } = require('cdk8s');
const { Cluster, FluxApp, FluxChart } = require('../../lib/index.js');
const { objectsOf, size } = require('./objects.cjs');

const { charts, each } = size();
const app = new FluxApp();
const cluster = new Cluster(app, 'bench');
for (let chart = 0; chart < charts; chart++) {
  const made = new FluxChart(cluster, `chart-${chart}`, { namespace: `space-${chart % 50}` });
  objectsOf(chart, charts, each).forEach((object, index) => new ApiObject(made, `${index}`, object));
}
const { level } = require(process.env.BENCH_LINE);
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { level } };
new ApiObject(cluster.node.children.at(-1), 'settings', settings);
app.synth();
