import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { objectId } from '../../src/estate';
import type { EstateObject, Unit } from '../../src/estate';
import { layout, pathOf } from '../../src/layout';

function object(apiVersion: string, kind: string, namespace: string | undefined, name: string): EstateObject {
  return {
    id: objectId(apiVersion, kind, namespace, name),
    apiVersion,
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    body: { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } },
    origin: { construct: 'test', frames: [] },
    chart: 'shop',
  };
}

function unit(name: string, objects: readonly EstateObject[]): Unit {
  return { name, chart: name, objects, prune: true, dependsOn: [], healthChecks: [] };
}

function lay(...units: Unit[]) {
  return layout({ info: { name: 'kind' }, units });
}

test('a unit is a folder with one object a file and a list of them', () => {
  const tree = lay(
    unit('shop', [
      object('v1', 'Service', 'shop', 'api'),
      object('apps/v1', 'Deployment', 'shop', 'api'),
      object('v1', 'Namespace', undefined, 'shop'),
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', undefined, 'system:Node_reader'),
    ]),
  );
  const text = [...tree].map(([path, text]) => `# ${path}\n${text}`).join('');
  expect(text).toMatchInlineSnapshot(`
"# kind/shop/shop/service_api.yaml
apiVersion: v1
kind: Service
metadata:
  name: api
  namespace: shop
# kind/shop/shop/deployment.apps_api.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
# kind/shop/_cluster/namespace_shop.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
# kind/shop/_cluster/clusterrole.rbac.authorization.k8s.io_system_3a_4eode_5freader.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: system:Node_reader
# kind/shop/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- _cluster/clusterrole.rbac.authorization.k8s.io_system_3a_4eode_5freader.yaml
- _cluster/namespace_shop.yaml
- shop/deployment.apps_api.yaml
- shop/service_api.yaml
"
`);
});

test('a document that has to pass through untouched does', () => {
  const secret = { ...object('v1', 'Secret', 'shop', 'key'), verbatim: '# mine\nkind:   Secret\n' };
  expect(lay(unit('shop', [secret])).get('kind/shop/shop/secret_key.yaml')).toBe('# mine\nkind:   Secret\n');
});

test('the list of a folder does not depend on the order of construction', () => {
  const objects = ['b', 'a', 'c'].map((name) => object('v1', 'ConfigMap', 'shop', name));
  const list = lay(unit('shop', objects)).get('kind/shop/kustomization.yaml');
  expect(lay(unit('shop', objects.toReversed())).get('kind/shop/kustomization.yaml')).toBe(list);
  expect(list).toMatch(/_a\.yaml\n- .*_b\.yaml\n- .*_c\.yaml\n$/);
});

test('adding an object moves no other', () => {
  const objects = ['b', 'a'].map((name) => object('v1', 'ConfigMap', 'shop', name));
  const before = lay(unit('shop', objects));
  const after = lay(unit('shop', [object('v1', 'ConfigMap', 'shop', 'A'), ...objects]), unit('new', objects));
  expect([...after.keys()]).toEqual(expect.arrayContaining([...before.keys()]));
});

const dnsName = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,6}[a-z0-9])?$/);
const anyName = fc.oneof(
  dnsName,
  fc.string({ unit: fc.constantFrom(...Array.from('aAbBsS_:.-/~3fu5é\ud800')), minLength: 1, maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('a', 'A', ':'), minLength: 230, maxLength: 253 }),
);
const identity = fc.record({
  apiVersion: fc.constantFrom('v1', 'apps/v1', 'a.b/v1', 'b/v1'),
  kind: fc.constantFrom('A', 'Ab', 'Service', 'Secret'),
  namespace: fc.option(fc.oneof(dnsName, fc.constant('_cluster')), { nil: undefined }),
  name: anyName,
});

test('two objects never share a path, whatever their names, even where case is ignored', () => {
  const property = fc.property(identity, identity, fc.constantFrom('a', 'A'), (one, other, unit) => {
    const same = idOf(one) === idOf(other) && unit === 'a';
    const equal = path('a', one).toLowerCase() === path(unit, other).toLowerCase();
    expect(equal).toBe(same);
  });
  fc.assert(property, { numRuns: 5000 });
});

test('names that differ in case, in what is escaped, or far behind have different paths', () => {
  const long = 'x'.repeat(250);
  const names = [
    'a:b',
    'a_b',
    'A',
    'a',
    '_41',
    '_u0041',
    'a_3ab',
    'a/b',
    `${long}1`,
    `${long}2`,
    `${long}~`,
    'é',
    '\u2603',
    '&03',
    'e\u0301',
  ];
  const paths = names.map((name) =>
    path('shop', { apiVersion: 'v1', kind: 'ConfigMap', namespace: undefined, name }),
  );
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(names.length);
});

test('every file name is one that file systems take', () => {
  const property = fc.property(identity, (object) => {
    for (const part of path('unit', object).split('/')) expect(part).toMatch(/^[a-z0-9._~-]{1,225}$/);
  });
  fc.assert(property, { numRuns: 1000 });
});

type Identity = { apiVersion: string; kind: string; namespace: string | undefined; name: string };

function idOf({ apiVersion, kind, namespace, name }: Identity): string {
  return `${objectId(apiVersion, kind, namespace, name)} ${namespace === undefined}`;
}

function path(unit: string, { namespace, ...rest }: Identity): string {
  return pathOf('kind', unit, namespace === undefined ? rest : { ...rest, namespace });
}
