'use strict';

// What `cdk8s synth` runs: the same objects in the same charts. Nothing is linked and nothing is checked.
const { ApiObject, App, Chart } = require('cdk8s');
const { objectsOf, size } = require('./objects.cjs');

const { charts, each } = size();
const app = new App();
for (let chart = 0; chart < charts; chart++) {
  const made = new Chart(app, `chart-${chart}`, { namespace: `space-${chart % 50}` });
  objectsOf(chart, charts, each).forEach((object, index) => new ApiObject(made, `${index}`, object));
}
app.synth();
