'use strict';

// What kosko does: validate each object with kubernetes-models, and dump it. One file a chart.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { dump } = require('js-yaml');
const { Deployment } = require('kubernetes-models/apps/v1/Deployment');
const { Service } = require('kubernetes-models/v1/Service');
const { objectsOf, size } = require('./objects.cjs');

const { charts, each } = size();
const out = process.env.BENCH_OUT;
mkdirSync(out, { recursive: true });
for (let chart = 0; chart < charts; chart++) {
  const texts = objectsOf(chart, charts, each).map(({ kind, ...object }) => {
    const model = kind === 'Deployment' ? new Deployment(object) : new Service(object);
    model.validate();
    return dump(model.toJSON(), { noRefs: true });
  });
  writeFileSync(join(out, `chart-${chart}.yaml`), texts.join('---\n'));
}
