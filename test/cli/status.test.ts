import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Finding } from '../../src/estate';
import { createAuthority, issue } from '../../src/lab/certificate';
import { beginning, fluxwright, project, run } from './project';

const authority = createAuthority('test');
const lists = new Map<string, unknown>();
let server: Server;
let kubeconfig: string;

/** An API server that knows nothing but some lists. */
beforeAll(async () => {
  const { certificate, key } = issue(authority, { commonName: 'api', hosts: ['127.0.0.1'] });
  server = createServer({ cert: certificate, key }, (request, response) => {
    const items = lists.get(new URL(request.url ?? '', 'https://api').pathname);
    response.statusCode = items === undefined ? 404 : 200;
    response.end(JSON.stringify(items === undefined ? { message: 'not found' } : { items }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  kubeconfig = JSON.stringify({
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    clusters: [
      {
        name: 'test',
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'certificate-authority-data': Buffer.from(authority.certificate).toString('base64'),
        },
      },
    ],
  });
});

afterAll(() => {
  server.close();
});

const good = `${beginning}map('a', { a: '1' });\napp.synth();\n`;

function unit(name: string, condition: object): object {
  const metadata = { name, namespace: 'flux-system', generation: 1 };
  return {
    metadata,
    spec: { path: `./dist/test/${name}`, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
    status: { conditions: [{ type: 'Ready', observedGeneration: 1, ...condition }] },
  };
}

function cluster(shop: object): void {
  const units = [
    unit('flux-system', { status: 'True' }),
    unit('namespaces', { status: 'True' }),
    unit('shop', shop),
  ];
  lists.set('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations', units);
  lists.set('/api/v1/namespaces', [{ metadata: { name: 'shop' } }]);
  lists.set('/api/v1/configmaps', [{ metadata: { name: 'a', namespace: 'shop' }, data: { a: '1' } }]);
}

const refused = 'ConfigMap/shop/a dry-run failed (Invalid): data.a: Invalid value';

test('what is broken is named with its line and exit code 1, from the program and from dist/ alone', async () => {
  cluster({ status: 'False', reason: 'ReconciliationFailed', message: refused });
  const folder = project(good, { kubeconfig });
  const args = ['status', '--kubeconfig', join(folder, 'kubeconfig')];
  const told = await fluxwright(folder, args);
  expect(told).toMatchObject({ code: 1, stderr: '' });
  expect(told.stdout).toMatch(/^error\[ReconciliationFailed\] ConfigMap\/shop\/a dry-run failed/);
  expect(told.stdout).toContain('in  test: ConfigMap shop/a, data.a\n  at  main.ts:');
  expect(told.stdout).toContain('cluster test: 2 of 3 units Ready, 1 broken');

  await fluxwright(folder, ['synth']);
  await run(folder, 'git', ['init', '--quiet']);
  rmSync(join(folder, 'main.ts'));
  rmSync(join(folder, 'cdk8s.yaml'));
  const alone = await fluxwright(folder, [...args, '--json']);
  const { causes } = JSON.parse(alone.stdout) as { causes: readonly { finding: Finding }[] };
  const file = join(folder, 'dist/test/shop/shop/configmap_a.yaml');
  expect(causes[0]?.finding.origin?.frames[0]).toMatchObject({ file, line: 7 });
});

test('a cluster in which all is Ready is exit code 0', async () => {
  cluster({ status: 'True' });
  const folder = project(good, { kubeconfig });
  const outcome = await fluxwright(folder, ['status'], { env: { KUBECONFIG: join(folder, 'kubeconfig') } });
  expect(outcome).toMatchObject({ code: 0, stdout: 'cluster test: 3 of 3 units Ready\n' });
});

test('a cluster that cannot be asked is said in a line', async () => {
  const folder = project(good, { kubeconfig: kubeconfig.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1') });
  const args = ['status', '--kubeconfig', join(folder, 'kubeconfig')];
  const silent = await fluxwright(folder, args);
  expect(silent).toMatchObject({ code: 1, stdout: '' });
  expect(silent.stderr).toMatch(/^error: the cluster does not answer: .*ECONNREFUSED/);
  const other = await fluxwright(folder, [...args, '--context', 'nowhere']);
  expect(other.stderr).toMatch(/^error: .* has no context nowhere with a cluster/);
});
