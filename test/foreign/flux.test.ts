import { expect, test } from '@jest/globals';
import { checkFolder } from '../../src/foreign';
import { checked, registry } from './checked';
import { type Files, folderWith } from './folder';
import { repository } from './repository';

/** The repository with one text in one file replaced. */
function changed(file: string, from: string, to: string): Files {
  const text = repository[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} holds no ${from}`);
  return { ...repository, [file]: text.replace(from, to) };
}

test('nothing is wrong with a repository as the guides of Flux teach it', () => {
  const { findings, clusters } = checked(repository);
  expect(findings).toEqual([]);
  expect(clusters.map(({ name, units, objects }) => [name, units, objects])).toEqual([
    ['production', 4, 15],
    ['staging', 4, 15],
  ]);
});

test('the repository is found from one of its folders as well', () => {
  const folder = folderWith({ ...repository, '.git/HEAD': 'ref: refs/heads/main\n' });
  const { findings, clusters } = checkFolder(`${folder}/clusters/production`, registry);
  expect(findings).toEqual([]);
  expect(clusters.map(({ name }) => name)).toEqual(['production']);
});

test('a unit that does not wait for the CRD it needs is found, with the line of its Kustomization', () => {
  const { texts } = checked(
    changed('clusters/staging/infrastructure.yaml', '  dependsOn:\n    - name: controllers\n', ''),
  );
  expect(texts).toEqual([
    'missing-depends-on clusters/staging/infrastructure.yaml:16 Kustomization flux-system/configs: configs needs CustomResourceDefinition clusterissuers.cert-manager.io (for ClusterIssuer letsencrypt (infrastructure/configs/issuer.yaml:1)) of controllers, but does not wait for it',
  ]);
});

test('a dependency that is ready before its releases are is found', () => {
  const { texts } = checked(changed('clusters/staging/infrastructure.yaml', '  wait: true\n', ''));
  expect(texts).toEqual([
    expect.stringContaining(
      'of HelmRelease cert-manager/cert-manager, but controllers counts as ready before that is',
    ),
  ]);
});

test('Kustomizations that wait for each other are found', () => {
  const { texts } = checked(
    changed(
      'clusters/staging/infrastructure.yaml',
      '  wait: true\n',
      '  wait: true\n  dependsOn: [{ name: apps }]\n',
    ),
  );
  expect(texts).toEqual([expect.stringContaining('apps → configs → controllers → apps is a circle')]);
});

test('a path that leads nowhere is found where it is written', () => {
  const { texts } = checked(changed('clusters/staging/apps.yaml', './apps/staging', './apps/stagin'));
  expect(texts).toContain(
    'kustomize clusters/staging/apps.yaml:9 Kustomization flux-system/apps: there is no folder apps/stagin in this repository',
  );
});

test.each([
  [
    'a resource that is not there',
    'apps/base/shop/kustomization.yaml',
    'shop.yaml',
    'shopp.yaml',
    'kustomization.yaml:6',
  ],
  ['a patch of nothing', 'apps/staging/shop.yaml', 'name: shop', 'name: shopp', 'apps/staging/shop.yaml:1'],
  ['YAML that nobody can read', 'apps/base/shop/shop.yaml', 'spec:', 'spec: {', 'apps/base/shop/shop.yaml:'],
])('%s is found with its line', (_, file, from, to, place) => {
  const found = checked(changed(file, from, to)).texts.filter((text) => /^(kustomize|yaml) /.test(text));
  expect(found.length).toBeGreaterThan(0);
  for (const text of found) expect(text).toContain(place);
});

test('a variable that nobody sets is found', () => {
  const { texts } = checked(changed('apps/base/shop/kustomization.yaml', '${domain}', '${domian}'));
  expect(texts).toEqual([
    expect.stringMatching(
      /^substitution apps\/base\/shop\/kustomization\.yaml:\d+ ConfigMap shop\/shop-\w+: .*no variable domian/,
    ),
  ]);
});

test('what is substituted is judged with its value: text is no number of replicas', () => {
  const { texts } = checked(changed('clusters/staging/settings.yaml', '"2"', 'two'));
  expect(texts).toEqual([expect.stringMatching(/^schema .*spec|^schema .*"two" is a text/)]);
});

test('a value that only the cluster knows is wrong nowhere', () => {
  const secret = changed(
    'clusters/staging/apps.yaml',
    'kind: ConfigMap\n        name: settings',
    'kind: Secret\n        name: by-hand',
  );
  expect(checked(secret).texts).toEqual([
    expect.stringMatching(/^dangling-reference .*Secret flux-system\/by-hand is nowhere/),
  ]);
});

test('a reference that leads nowhere is found once for all clusters', () => {
  const { texts } = checked(changed('apps/base/shop/shop.yaml', 'name: password,', 'name: pasword,'));
  expect(texts).toEqual([
    expect.stringMatching(/^dangling-reference .*pasword is nowhere.*\(and one more object needs it\)$/),
  ]);
});

test('an object that two units apply is found', () => {
  const twice = {
    ...repository,
    'infrastructure/configs/kustomization.yaml': `${repository['infrastructure/configs/kustomization.yaml']}  - namespace.yaml\n`,
    'infrastructure/configs/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  };
  expect(checked(twice).texts).toEqual([
    expect.stringMatching(/^one-owner .*Namespace shop is written twice/),
  ]);
});

test.each([
  ['crd', 'warning', 'its name is much like one that is there'],
  ['definitions', 'note', 'another version may read it'],
])('a Helm value %s that the chart does not read is a %s: %s', (name, severity) => {
  const { findings } = checked(
    changed(
      'infrastructure/controllers/cert-manager.yaml',
      'crds:\n      enabled: true',
      `${name}:\n      enabled: true`,
    ),
  );
  expect(findings.map((finding) => `${finding.severity} ${finding.rule} ${finding.path}`)).toContain(
    `${severity} unknown-value spec.values.${name}`,
  );
});

test('a unit out of another repository is not looked at, and what it may hold is not missed', () => {
  const elsewhere = changed(
    'clusters/staging/apps.yaml',
    'kind: GitRepository\n    name: flux-system',
    'kind: GitRepository\n    name: apps',
  );
  const missing = {
    ...elsewhere,
    'clusters/staging/apps.yaml': (elsewhere['clusters/staging/apps.yaml'] ?? '').replace(
      './apps/staging',
      './deploy',
    ),
  };
  const { texts, clusters } = checked(missing);
  expect(texts.filter((text) => !text.includes('GitRepository flux-system/apps'))).toEqual([]);
  expect(clusters[1]?.remote.map(({ address }) => address)).toEqual(['GitRepository apps']);
});

test('a rule is silent where an annotation gives the reason', () => {
  const broken = changed('apps/base/shop/shop.yaml', 'name: password,', 'name: by-hand,');
  const silenced = {
    ...broken,
    'apps/base/shop/shop.yaml': (broken['apps/base/shop/shop.yaml'] ?? '').replace(
      'metadata:\n  name: shop\n',
      'metadata:\n  name: shop\n  annotations: { ignore.fluxwright.dev/dangling-reference: made by hand }\n',
    ),
  };
  expect(checked(silenced).texts).toEqual([]);
});

test('advice speaks of YAML, never of TypeScript', () => {
  const broken = {
    ...changed('apps/base/shop/shop.yaml', 'name: password,', 'name: pasword,'),
    'apps/base/shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: other\n',
    'infrastructure/configs/more.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: it }\n',
    'infrastructure/configs/kustomization.yaml': `${repository['infrastructure/configs/kustomization.yaml']}  - more.yaml\n`,
  };
  const { findings } = checked(broken);
  expect(findings.length).toBeGreaterThan(2);
  for (const { fix } of findings) expect(fix).not.toMatch(/external\(|cluster\.namespace|ignore\(|this,/);
});
