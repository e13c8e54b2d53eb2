'use strict';

// The whole pipeline: render, link, check with schemas, lay out, write.
const { ApiObject } = require('cdk8s');
const { Cluster, FluxApp, FluxChart } = require('../../lib/index.js');
const { objectsOf, size } = require('./objects.cjs');

const { charts, each } = size();
const app = new FluxApp({ dist: process.env.BENCH_OUT, ops: `${process.env.BENCH_OUT}-ops` });
const cluster = new Cluster(app, 'bench');
for (let chart = 0; chart < charts; chart++) {
  const made = new FluxChart(cluster, `chart-${chart}`, { namespace: `space-${chart % 50}` });
  objectsOf(chart, charts, each).forEach((object, index) => new ApiObject(made, `${index}`, object));
}
app.synth();
