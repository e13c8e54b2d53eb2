import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { chartDestination, packageChart, pushChart, readChart } from '../../src/helm';
import { withRegistry } from '../images/registry-server';

const folder = join(__dirname, '../../dist/charts');
const chart = readChart(folder, 'hello-producer');

interface Manifest {
  readonly config: { readonly mediaType: string; readonly digest: string };
  readonly layers: readonly { readonly mediaType: string; readonly digest: string; readonly size: number }[];
  readonly annotations: { readonly [name: string]: string };
}

test('a pushed chart is what Helm and Flux look for: its metadata, and one package', async () => {
  await withRegistry({}, async (registry) => {
    const { reference, uploaded } = await pushChart(chart, `oci://${registry.host}/somebody`);
    const text = registry.manifests.get('somebody/charts/hello-producer:0.1.0')?.toString() ?? '';
    const digest = createHash('sha256').update(text).digest('hex');
    expect(reference).toBe(`${registry.host}/somebody/charts/hello-producer:0.1.0@sha256:${digest}`);
    expect(uploaded).toBe(2);
    const { config, layers, annotations } = JSON.parse(text) as Manifest;
    expect(config.mediaType).toBe('application/vnd.cncf.helm.config.v1+json');
    expect(JSON.parse(String(registry.blobs.get(config.digest)))).toMatchObject({
      name: 'hello-producer',
      version: '0.1.0',
    });
    expect(layers).toMatchObject([{ mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip' }]);
    expect(registry.blobs.get(layers[0]?.digest ?? '')).toEqual((await packageChart(chart)).bytes);
    expect(annotations).toMatchObject({ 'org.opencontainers.image.version': '0.1.0' });
  });
});

test('a chart that is pushed again changes nothing', async () => {
  await withRegistry({}, async (registry) => {
    const { reference } = await pushChart(chart, registry.host);
    expect(await pushChart(chart, registry.host)).toEqual({ reference, uploaded: 0 });
  });
});

test('the package has one folder with the files of the chart', async () => {
  const { bytes } = await packageChart(chart);
  const list = execFileSync('tar', ['--list', '--gzip'], { input: bytes, encoding: 'utf8' });
  const paths = list.split('\n').filter((path) => path !== '' && !path.endsWith('/'));
  expect(paths).toEqual([...chart.files.keys()].map((path) => `hello-producer/${path}`));
});

test('the command checks the charts and writes their packages', async () => {
  const to = mkdtempSync(join(tmpdir(), 'fluxwright-charts-'));
  try {
    const script = join(__dirname, '../../scripts/charts.ts');
    const printed = execFileSync(
      process.execPath,
      ['--import', 'tsx', script, '--packages', to, 'hello-producer'],
      { encoding: 'utf8' },
    );
    const { file, digest, bytes } = await packageChart(chart);
    expect(printed).toContain(`${file}  ${digest}`);
    expect(readFileSync(join(to, file))).toEqual(bytes);
  } finally {
    rmSync(to, { recursive: true });
  }
});

test.each([
  ['ghcr.io/somebody', 'ghcr.io/somebody/charts/shop:1.0.0_build.1'],
  ['oci://ghcr.io/somebody/', 'ghcr.io/somebody/charts/shop:1.0.0_build.1'],
  ['localhost:5000', 'localhost:5000/fluxwright/charts/shop:1.0.0_build.1'],
])('pushed to %s a chart is %s, beside the image of the same name', (registry, expected) => {
  const {
    registry: host,
    repository,
    tag,
  } = chartDestination({ name: 'shop', version: '1.0.0+build.1' }, registry);
  expect(`${host}/${repository}:${tag}`).toBe(expected);
});
