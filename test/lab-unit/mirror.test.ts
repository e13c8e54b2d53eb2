import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { commitTree, createEstateRepository } from '../../src/lab/estate-repository';
import { archive } from '../../src/lab/mirror/archive';
import { putArtifact } from '../../src/lab/mirror/layout';
import { answer } from '../../src/lab/mirror/server';
import { planLab } from '../../src/lab/plan';
import { run } from '../../src/lab/process';

const folder = mkdtempSync(join(tmpdir(), 'lab-mirror-'));
const plan = { ...planLab(), folder };
const store = {
  layout: join(folder, 'oci'),
  charts: [join(folder, 'charts'), join(folder, 'stand-in')],
  git: join(folder, 'git'),
};
let server: Server;
let base: string;

beforeAll(async () => {
  await chart('charts', 'kafka', '1.2.0', 'real');
  await chart('stand-in', 'kafka', '1.2.0', 'pretended');
  await chart('stand-in', 'consul', '2.0.0+build.1', 'pretended');
  server = createServer((request, response) => answer(store, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => void server.close());

async function chart(where: string, name: string, version: string, description: string): Promise<void> {
  const files = new Map([
    [
      `${name}/Chart.yaml`,
      `apiVersion: v2\nname: ${name}\nversion: ${version}\ndescription: ${description}\n`,
    ],
  ]);
  mkdirSync(join(folder, where), { recursive: true });
  writeFileSync(join(folder, where, `${name}-${version}.tgz`), gzipSync(await archive(files)));
}

interface Index {
  readonly entries: Record<
    string,
    { version: string; description: string; urls: string[]; digest: string }[]
  >;
}

const config = (text: string) => ({
  mediaType: 'application/vnd.oci.image.config.v1+json',
  content: Buffer.from(text),
});

async function manifestAt(host: string): Promise<string | null> {
  const response = await fetch(`${base}/v2/acme/app/manifests/1?ns=${host}`, { method: 'HEAD' });
  return response.headers.get('docker-content-digest');
}

const digest = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

test('a Helm repository of any path lists every chart, a real one before its stand-in, with its digest', async () => {
  const index = load(await (await fetch(`${base}/some/charts/index.yaml`)).text()) as Index;
  expect(Object.keys(index.entries).toSorted()).toEqual(['consul', 'kafka']);
  const [kafka, ...others] = index.entries['kafka']!;
  expect(others).toEqual([]);
  expect(kafka?.description).toBe('real');
  const packed = new Uint8Array(
    await (await fetch(`${base}${new URL(kafka!.urls[0]!).pathname}`)).arrayBuffer(),
  );
  expect(digest(packed)).toBe(kafka?.digest);
});

test('a chart is an OCI artifact in any repository of its name', async () => {
  const response = await fetch(`${base}/v2/strimzi-helm/kafka/manifests/1.2.0`);
  const manifest = (await response.json()) as {
    config: { mediaType: string; digest: string };
    layers: { mediaType: string; digest: string }[];
  };
  expect(manifest.config.mediaType).toBe('application/vnd.cncf.helm.config.v1+json');
  expect(manifest.layers.map(({ mediaType }) => mediaType)).toEqual([
    'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  ]);
  const blob = await fetch(`${base}/v2/strimzi-helm/kafka/blobs/${manifest.layers[0]!.digest}`);
  expect(`sha256:${digest(new Uint8Array(await blob.arrayBuffer()))}`).toBe(manifest.layers[0]?.digest);
});

test('the digest of a manifest is the header, asked for by HEAD or GET, and finds it again', async () => {
  const url = `${base}/v2/strimzi-helm/kafka/manifests/1.2.0`;
  const head = await fetch(url, { method: 'HEAD' });
  const body = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const name = head.headers.get('docker-content-digest') ?? '';
  expect(name).toBe(`sha256:${digest(body)}`);
  expect((await fetch(`${base}/v2/strimzi-helm/kafka/manifests/${name}`)).status).toBe(200);
});

test('tags are listed, with the plus of a version as an underscore', async () => {
  const answered = (await (await fetch(`${base}/v2/hashicorp/consul/tags/list`)).json()) as {
    tags: string[];
  };
  expect(answered.tags).toEqual(['2.0.0_build.1']);
  expect((await fetch(`${base}/v2/hashicorp/consul/manifests/2.0.0_build.1`)).status).toBe(200);
});

test('an image is found under its host, and where two hosts have the name, each has its own', async () => {
  const first = putArtifact(store.layout, 'docker.io/acme/app:1', { config: config('1'), layers: [] });
  const second = putArtifact(store.layout, 'ghcr.io/acme/app:1', { config: config('2'), layers: [] });
  expect(await manifestAt('docker.io')).toBe(first.digest);
  expect(await manifestAt('ghcr.io')).toBe(second.digest);
});

test.each([
  '/v2/acme/none/manifests/1',
  '/v2/acme/app/blobs/sha256:../../../../etc/passwd',
  '/charts/none-1.0.0.tgz',
  '/v2/x',
])('%s is not found', async (path) => {
  expect((await fetch(`${base}${path}`)).status).toBe(404);
});

test('a clone of the estate has the last tree and nothing of the one before', async () => {
  createEstateRepository(plan);
  await commitTree(
    plan,
    new Map([
      ['dist/lab/a.yaml', 'a: 1\n'],
      ['dist/lab/b.yaml', 'b: ü\n'],
    ]),
    'first',
  );
  const revision = await commitTree(
    plan,
    new Map([
      ['dist/lab/b.yaml', 'b: 2\n'],
      ['odd "name".yaml', 'c: 3\n'],
    ]),
    'second',
  );
  const clone = join(folder, 'clone');
  await run('git', ['clone', '--quiet', `${base}/anybody/any-name.git`, clone], 20);
  const git = (...args: string[]): string => execFileSync('git', ['-C', clone, ...args]).toString();
  expect(git('rev-parse', 'HEAD').trim()).toBe(revision);
  expect(git('ls-tree', '-r', '-z', '--name-only', 'HEAD').split('\0').filter(Boolean)).toEqual([
    'dist/lab/b.yaml',
    'odd "name".yaml',
  ]);
  expect(git('show', 'HEAD:dist/lab/b.yaml')).toBe('b: 2\n');
  expect(git('log', '--format=%s').trim().split('\n')).toEqual(['second', 'first']);
});
