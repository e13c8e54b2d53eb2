import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { importCommand } from '../../src/cli/import';
import { importSources } from '../../src/import/import-sources';
import { openRegistry } from '../../src/schema/registry';

const fixtures = join(__dirname, 'fixtures');
const widgets = join(fixtures, 'widgets.example.com.yaml');
const gadgets = readFileSync(widgets, 'utf8').replaceAll('widget', 'gadget').replaceAll('Widget', 'Gadget');

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'import-'));
}

function file(name: string, text: string): string {
  const path = join(temporary(), name);
  writeFileSync(path, text);
  return path;
}

/** Every file below a folder, with its text. */
function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

async function imported(...sources: string[]): Promise<string> {
  const into = temporary();
  await importSources(sources, { into });
  return into;
}

test('what is imported is there to write with and to check with', async () => {
  const into = temporary();
  const report = await importSources([widgets, join(fixtures, 'openapi.json'), join(fixtures, 'shop')], {
    into,
  });
  expect(report).toEqual({
    kinds: [
      { group: 'example.com', kind: 'Widget', versions: ['v1', 'v1beta1'] },
      { group: '', kind: 'Node', versions: ['v1'] },
      { group: 'apps', kind: 'Deployment', versions: ['v1'] },
    ],
    charts: [{ name: 'shop', version: '0.0.0' }],
    modules: ['charts/shop.ts', 'example.com.ts', 'kubernetes.ts'],
  });
  const registry = openRegistry([into]);
  expect(registry.kind('example.com/v1', 'Widget')?.root.required).toEqual(['spec']);
  expect(registry.kind('apps/v1', 'Deployment')?.defs).toHaveProperty(['apps.v1.DeploymentSpec']);
  expect(registry.chart('shop', '0.0.0')?.values.type).toBe('object');
});

test('a chart in a folder that is called otherwise has its own name, and two of them are two modules', async () => {
  const charts = ['one', 'two'].map((name) => {
    const folder = join(temporary(), 'chart');
    mkdirSync(folder);
    writeFileSync(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`);
    writeFileSync(join(folder, 'values.yaml'), 'replicas: 1\n');
    return folder;
  });
  const { modules } = await importSources(charts, { into: temporary() });
  expect(modules).toEqual(['charts/one.ts', 'charts/two.ts']);
});

test('a chart brings the kinds of its CRDs along, and those of its subcharts', async () => {
  const folder = join(temporary(), 'shop');
  cpSync(join(fixtures, 'shop'), folder, { recursive: true });
  mkdirSync(join(folder, 'charts/gadgets/crds'), { recursive: true });
  writeFileSync(join(folder, 'charts/gadgets/crds/gadgets.yaml'), gadgets);
  const archive = join(temporary(), 'shop-0.0.0.tgz');
  execFileSync('tar', ['--create', '--gzip', '--file', archive, '--directory', join(folder, '..'), 'shop']);
  for (const source of [folder, archive]) {
    const into = temporary();
    const { kinds, modules } = await importSources([source], { into });
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['Gadget', 'Widget']);
    expect(modules).toEqual(['charts/shop.ts', 'example.com.ts']);
    expect(openRegistry([into]).chart('shop', '0.0.0')?.crds).toEqual([
      'gadgets.example.com',
      'widgets.example.com',
    ]);
  }
});

test('the same sources in another order give the same files', async () => {
  const other = file('gadgets.yaml', gadgets);
  const [first, second] = [await imported(widgets, other), await imported(other, widgets)];
  expect(tree(second)).toEqual(tree(first));
});

test('importing one after the other gives what importing both gives', async () => {
  const other = file('gadgets.yaml', gadgets);
  const into = await imported(widgets);
  await importSources([other], { into });
  expect(tree(into)).toEqual(tree(await imported(widgets, other)));
  expect(readFileSync(join(into, 'example.com.ts'), 'utf8')).toMatch(/class Gadget [\s\S]*class Widget /);
});

test('lists, many documents in one file, JSON and folders are read; other objects are passed over', async () => {
  const folder = temporary();
  mkdirSync(join(folder, 'deep'));
  writeFileSync(
    join(folder, 'deep/all.yaml'),
    `---\n---\n${gadgets}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n`,
  );
  const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition';
  const list = { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret' }] };
  writeFileSync(join(folder, 'list.json'), JSON.stringify(list));
  writeFileSync(join(folder, 'notes.txt'), crd);
  cpSync(widgets, join(folder, 'widgets.yml'));
  const registry = openRegistry([await imported(folder)]);
  expect(registry.infoOfCrd('gadgets.example.com')?.kind).toBe('Gadget');
  expect(registry.infoOfCrd('widgets.example.com')?.kind).toBe('Widget');
});

test('an OpenAPI of one group goes into a file of its own', async () => {
  const { components } = JSON.parse(readFileSync(join(fixtures, 'openapi.json'), 'utf8'));
  delete components.schemas['io.k8s.api.core.v1.Node'];
  delete components.schemas['io.k8s.api.apps.v1.DeploymentSpec'].properties.claims;
  const into = await imported(file('apps.json', JSON.stringify({ components })));
  expect(Object.keys(tree(into))).toEqual(['apps.ts', 'schemas/apps.json', 'schemas/index.json']);
});

test.each([
  [
    'a file that is not there',
    '/nowhere/crds.yaml',
    '/nowhere/crds.yaml does not exist: give a file, folder or URL',
  ],
  ['a registry', 'oci://example.com/chart', 'oci://example.com/chart cannot be downloaded: use helm pull'],
])('%s is refused with what to give instead', async (_, source, message) => {
  await expect(importSources([source], { into: temporary() })).rejects.toThrow(message);
});

test.each([
  ['no YAML', 'a: [1', /bad\.yaml is not YAML \(line \d+\)/],
  ['a template', 'a: {{ .Values.a }}', /It is a template: give what `helm template` makes of it/],
  ['no CRD', 'apiVersion: v1\nkind: ConfigMap', /bad\.yaml holds nothing that can be imported: give a file/],
  [
    'an incomplete CRD',
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition',
    /bad\.yaml: CRD .* has no spec/,
  ],
  ['nothing', '', /holds nothing that can be imported/],
])('a file with %s is refused by name, and nothing is written', async (_, text, message) => {
  const into = temporary();
  await expect(importSources([widgets, file('bad.yaml', text)], { into })).rejects.toThrow(message);
  expect(readdirSync(into)).toEqual([]);
});

test('CRDs with odd schemas are imported', async () => {
  const schema = {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          'x-kubernetes-odd': { type: 'string' },
          'with space': {},
          $ref: { type: 'string' },
          list: { type: 'array' },
          tuple: { type: 'array', items: [{ type: 'string' }] },
          yes: true,
          quote: { type: 'string', enum: ["it's", 'a "b"', 'back\\slash', '', null, 3] },
          constructor: { type: 'object', additionalProperties: true },
        },
      },
    },
  };
  const names = { kind: 'Record', plural: 'records' };
  const versions = [
    { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } },
    { name: 'v2' },
  ];
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: { group: 'odd.example.com', names, versions },
  };
  const into = await imported(file('odd.json', JSON.stringify(crd)));
  const text = readFileSync(join(into, 'odd.example.com.ts'), 'utf8');
  expect(text).toContain("readonly 'with space'?: unknown;");
  expect(text).toContain(String.raw`readonly quote?: 'it\'s' | 'a "b"' | 'back\\slash' | '' | null | 3;`);
  expect(text).toContain('readonly tuple?: readonly unknown[];');
  expect(text).toContain('export class Record2 extends KubeObject');
});

/** Runs something against a server that knows two paths. */
async function served<T>(use: (address: string) => Promise<T>): Promise<T> {
  const server: Server = createServer((request, response) => {
    response.statusCode = request.url === '/widgets.yaml' ? 200 : 404;
    response.end(request.url === '/widgets.yaml' ? readFileSync(widgets) : 'not here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a URL is read like a file', async () => {
  const into = await served((address) => imported(`${address}/widgets.yaml`));
  expect(tree(into)).toEqual(tree(await imported(widgets)));
});

test('a URL that does not answer is refused with the reason', async () => {
  const gone = await served(async (address) => {
    await expect(imported(`${address}/gone.yaml`)).rejects.toThrow(
      /gone\.yaml cannot be downloaded: the server says 404 Not Found/,
    );
    return address;
  });
  await expect(imported(`${gone}/widgets.yaml`)).rejects.toThrow(/ECONNREFUSED.*Download it yourself/);
});

test('the command imports what it is given, and says what to import from', async () => {
  const into = temporary();
  const written: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = ((text: string) => written.push(text)) as unknown as typeof write;
  try {
    await importCommand().parseAsync(['node', 'import', widgets, join(fixtures, 'shop'), '--into', into]);
  } finally {
    process.stdout.write = write;
  }
  expect(written.join('')).toBe(
    `Imported 1 kind and 1 chart:\n  ${into}/charts/shop.ts\n  ${into}/example.com.ts\n`,
  );
});

test('the command says what is wrong with a source, in one line', async () => {
  const written: string[] = [];
  const command = importCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => written.push(text) });
  await expect(command.parseAsync(['node', 'import', '/nowhere'])).rejects.toThrow('/nowhere does not exist');
  expect(written.join('')).toMatch(/^error: \/nowhere does not exist: give a file, .*\n$/);
});
