import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/estate';
import { chartKnowledge } from '../../src/import/chart';
import { chartFolder } from '../../src/import/chart-files';
import { chartTypesFile } from '../../src/import/chart-types';
import { constructsFile } from '../../src/import/constructs';
import { kindsOfPath } from '../../src/import/gather';
import { kubernetesKinds } from '../../src/import/kubernetes';

const root = resolve(__dirname, '../..');
const fixtures = join(__dirname, 'fixtures');
const widgets = constructsFile(kindsOfPath(join(fixtures, 'widgets.example.com.yaml')).flat(), 'example.com');
const openApi = JSON.parse(readFileSync(join(fixtures, 'openapi.json'), 'utf8')) as JsonObject;
const core = constructsFile(kubernetesKinds(openApi), 'Kubernetes');
const shop = chartTypesFile(
  chartKnowledge(chartFolder(join(fixtures, 'shop')), 'shop'),
  'shop',
  'https://example.com',
);

/** A program that type-checks if, and only if, the types are right: each expected error must be one. */
const PROGRAM = `
import { chart, type Chart } from 'fluxwright';
import { App, Chart as CdkChart } from 'cdk8s';
import { Deployment, Node, type NodeProps } from './core';
import { shop, type ShopValues } from './shop';
import { Widget, WidgetV1beta1, type WidgetSpec } from './widgets';

const scope = new CdkChart(new App(), 'c');
new Widget(scope, 'a', { spec: { mode: 'Fast', port: 'http' } });
new Widget(scope, 'b', {
  metadata: { name: 'w', labels: { a: 'b' } },
  spec: {
    mode: '', port: 80, size: 1, labels: { a: 'b' }, config: { any: [1] }, anything: 3, description: null,
    parts: [{ name: 'p', 'on/off': true }], spare: { name: 's' }, untyped: 1, list: [1, 'a'],
  },
});
new WidgetV1beta1(scope, 'c');
// @ts-expect-error spec is required
new Widget(scope, 'd', {});
// @ts-expect-error not in the union
const mode: WidgetSpec['mode'] = 'Slow';
// @ts-expect-error port is required
const port: WidgetSpec = { mode: 'Fast' };
// @ts-expect-error a boolean is neither number nor string
const wrong: WidgetSpec['port'] = true;
// @ts-expect-error only texts in this map
const labels: WidgetSpec['labels'] = { a: 1 };
// @ts-expect-error no such field
new Widget(scope, 'e', { spec: { mode: 'Fast', port: 1, prot: 2 } });
// @ts-expect-error status is not for people to write
new Widget(scope, 'f', { spec: { mode: 'Fast', port: 1 }, status: {} });
// @ts-expect-error fields are read-only
port.mode = 'Safe';

const node: NodeProps = { metadata: { name: 'n' } };
new Node(scope, 'g', node);
new Deployment(scope, 'h', { spec: { name: 'n', port: 1, memory: '1Gi', nested: { name: 'n', port: 2, target: 'x' }, claims: [node] } });

const release: Chart<ShopValues> = chart(shop, { version: '1.0.0' });
const other = chart<ShopValues>({ name: 'shop', version: '2.0.0' });
const values: ShopValues = {
  replicaCount: '2', image: { digest: 'sha256:1', tag: 1 }, debug: null, labels: { any: { thing: 1 } }, cache: { a: 1 },
  settings: { anything: 1 }, undocumented: { flag: true }, resources: { requests: {} }, global: 'x', postgresql: { a: 1 },
};
// @ts-expect-error a typo in a closed place
const typo: ShopValues = { replicaCuont: 1 };
// @ts-expect-error a typo one level down
const deep: ShopValues = { service: { prot: 80 } };
export { mode, wrong, labels, release, other, values, typo, deep };
`;

test('the generated types accept what is right and refuse what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'types-'));
  const paths = {
    fluxwright: [join(folder, 'fluxwright.ts')],
    cdk8s: [join(root, 'node_modules/cdk8s')],
    constructs: [join(root, 'node_modules/constructs')],
  };
  const compilerOptions = { noEmit: true, rootDir: '/', types: [], paths };
  const files = {
    'tsconfig.json': JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      include: ['*.ts'],
    }),
    'fluxwright.ts': `export * from '${root}/src/construct/api-object';\nexport * from '${root}/src/construct/chart-ref';`,
    'program.ts': PROGRAM,
    'widgets.ts': widgets,
    'core.ts': core,
    'shop.ts': shop,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  expect(compile(folder)).toBe('');
});

/** What the compiler has to say. */
function compile(folder: string): string {
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

test('a class is as small as can be', () => {
  expect(widgets).toContain(`export class Widget extends KubeObject {
  constructor(scope: Construct, id: string, props: WidgetProps) {
    super(scope, id, 'example.com/v1', 'Widget', props);
  }
}`);
});

test('every served version has a class, an unserved one has none', () => {
  expect(widgets).toContain("'example.com/v1beta1', 'Widget', props");
  expect(widgets).not.toContain('v1alpha1');
});

test('equal interfaces are written once', () => {
  expect(widgets.match(/readonly weight\?: number;/g)).toHaveLength(1);
  expect(widgets).toContain('readonly spare?: WidgetSpecParts;');
});

test('kinds that two groups have, and versions that are not the first, have names of their own', () => {
  const metadata = { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
  const kind = (group: string, version: string): JsonObject => ({
    type: 'object',
    properties: { metadata },
    'x-kubernetes-group-version-kind': [{ group, version, kind: 'Event' }],
  });
  const text = constructsFile(
    kubernetesKinds({
      'io.k8s.api.core.v1.Event': kind('', 'v1'),
      'io.k8s.api.events.v1.Event': kind('events.k8s.io', 'v1'),
      'io.k8s.api.events.v1beta2.Event': kind('events.k8s.io', 'v1beta2'),
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': {
        type: 'object',
        properties: { name: { type: 'string' } },
      },
    }),
    'Kubernetes',
  );
  expect([...text.matchAll(/class (\w+)/g)].map(([, name]) => name)).toEqual([
    'Event',
    'EventsEvent',
    'EventsEventV1beta2',
  ]);
});
