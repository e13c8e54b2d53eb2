import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { HelmChart, FluxApp, podField, type ProgramSpec } from '../../src';
import { programManifests } from '../../src/construct/workload/program-manifests';
import type { JsonObject } from '../../src/estate';
import { chartNames, chartProblems, packageChart, readChart, renderChart } from '../../src/helm';
import { chartOf, readYaml } from '../../src/helm/chart';
import { renderTemplate } from '../../src/helm/template';
import { projectRegistry } from '../../src/pipeline';
import { parseDocuments } from '../../src/yaml';

const registry = projectRegistry(join(__dirname, '../../imports'));
const folder = join(__dirname, '../../dist/charts');

const shop: ProgramSpec = {
  image: 'shop:1.0.0',
  port: 8080,
  replicas: 2,
  env: { PLAIN: 'a "quoted" {{ text }}', 'with.dot': 'x', POD_IP: podField('status.podIP') },
  files: { '/etc/shop/page.html': '<b>{{ not a template }}</b>\n' },
};

function chartOfShop(program: ProgramSpec = shop, edit: Record<string, string> = {}) {
  const { files } = new HelmChart(new FluxApp(), 'shop', { version: '1.0.0', program });
  return chartOf('shop', new Map([...files, ...Object.entries(edit)]));
}

function objectsOf(program: ProgramSpec, values: JsonObject = {}): object[] {
  const chart = chartOfShop(program);
  const all = { ...readYaml(chart.files, 'values.yaml'), ...values };
  return [...renderChart(chart, all)].flatMap(([path, text]) =>
    parseDocuments(text, path).documents.map(({ body }) => body),
  );
}

function plainObjects(program: ProgramSpec): object[] {
  const labels = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/managed-by': 'Helm' };
  return programManifests({ ...program, name: 'shop', labels }).map(({ apiVersion, kind, name, body }) => ({
    apiVersion,
    kind,
    metadata: { name, labels },
    ...body,
  }));
}

test.each<[string, ProgramSpec]>([
  ['of a program with everything', shop],
  ['of one pod', { ...shop, replicas: 1 }],
  ['that is scaled', { ...shop, replicas: { min: 2, max: 5 } }],
  ['that serves nothing', { image: 'job:1.0.0' }],
])('a release %s is the same objects as the program', (_, program) => {
  expect(objectsOf(program)).toEqual(plainObjects(program));
});

test('what a release says of itself changes the objects as it would change the program', () => {
  const values = { image: 'shop:2.0.0', replicas: 3, resources: { limits: { memory: '1Gi' } } };
  expect(objectsOf(shop, values)).toEqual(plainObjects({ ...shop, ...values }));
  expect(objectsOf(shop, { replicas: 1 })).toEqual(plainObjects({ ...shop, replicas: 1 }));
});

test('nothing is wrong with the charts of our own programs', () => {
  expect(chartNames(folder)).toEqual([
    'hello-consumer',
    'hello-producer',
    'ratings-consumer',
    'ratings-producer',
  ]);
  for (const name of chartNames(folder))
    expect([name, chartProblems(readChart(folder, name), registry)]).toEqual([name, []]);
});

const values = 'env:\n  PLAIN: x\n  with.dot: z\nimage: shop:1\nreplicas: 1\nresources: {}\n';

test.each([
  [
    'a value of another type',
    { 'values.yaml': values.replace('replicas: 1', 'replicas: many') },
    'values.yaml: replicas: "many" is a text',
  ],
  [
    'a value that the schema does not know',
    { 'values.yaml': `${values}replica: 1\n` },
    'values.yaml: replica: there is no field replica here: write replicas',
  ],
  [
    'a text that Helm reads as true',
    { 'values.yaml': values.replace('with.dot: z', 'with.dot: y') },
    'values.yaml: env["with.dot"]: true is true or false',
  ],
  [
    'a value that no template reads',
    { 'values.yaml': `${values}global:\n  tier: gold\n` },
    'no template reads global.tier',
  ],
  [
    'a value that is missing',
    { 'values.yaml': values.replace('image: shop:1\n', '') },
    'a template reads .Values.image, which values.yaml does not have',
  ],
  [
    'an object that no server takes',
    {
      'templates/bad.yaml':
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: Bad_Name\nspec:\n  ports: [{ port: 99999 }]\n',
    },
    'Bad_Name',
  ],
  [
    'words of the template language that are not understood',
    { 'templates/x.yaml': '{{ include "x" . }}\n' },
    'include "x" .',
  ],
  ['a schema that is no JSON', { 'values.schema.json': '{' }, 'values.schema.json is no JSON: '],
  ['YAML that is none', { 'values.yaml': 'a: [\n' }, 'values.yaml:'],
])('a chart with %s is not published', (_, edit, problem) => {
  expect(chartProblems(chartOfShop(shop, edit), registry).join('\n')).toContain(problem);
});

test('a chart without a schema of its values is not published', () => {
  const files = new Map(chartOfShop().files);
  files.delete('values.schema.json');
  expect(chartProblems(chartOf('shop', files), registry)).toEqual([
    'the chart has no values.schema.json: nobody would see a typo in a value',
  ]);
});

test.each([
  ['apiVersion: v1\nname: shop\nversion: 1.0.0\n', 'write apiVersion: v2'],
  ['apiVersion: v2\nname: other\nversion: 1.0.0\n', 'calls the chart other, its folder shop'],
  ['apiVersion: v2\nname: shop\nversion: new\n', 'its version new is no semantic version'],
  ['', 'the chart has no Chart.yaml'],
])('a chart that calls itself %j is none', (text, problem) => {
  expect(() => chartOfShop(shop, { 'Chart.yaml': text })).toThrow(problem);
});

test('a chart that is not there is named with those that are', () => {
  expect(() => readChart(folder, 'nobody')).toThrow(
    /there is no chart nobody .* name one of hello-consumer, /,
  );
});

test('braces in a text of a template are text', () => {
  const release = { name: 'r', namespace: 'n', values: { a: 'x: y' } };
  expect(renderTemplate('a: {{ "{{" }} {{ .Values.a | quote }} {{ "}}" }}\n', release)).toBe(
    'a: {{ "x: y" }}\n',
  );
});

test('the same chart gives the same package, another chart another one', async () => {
  const [first, second, other] = [chartOfShop(), chartOfShop(), chartOfShop({ ...shop, replicas: 3 })];
  const { digest, file } = await packageChart(first);
  expect(file).toBe('shop-1.0.0.tgz');
  expect((await packageChart({ ...second, files: new Map([...second.files].toReversed()) })).digest).toBe(
    digest,
  );
  expect((await packageChart(other)).digest).not.toBe(digest);
});
