import { expect, test } from '@jest/globals';
import { textsIn } from '../../src/estate';
import { crdOf, fluxCrds } from '../../src/lab/crds';
import { readCrd } from '../../src/schema/crd';
import { openRegistry, packageImports } from '../../src/schema/registry';

const registry = openRegistry([packageImports()]);

test('the CRDs of Flux are there, with exactly one stored version each, and the status apart where there is one', () => {
  const crds = fluxCrds(registry);
  const names = crds.map((crd) => (crd['metadata'] as { name: string }).name);
  for (const name of [
    'gitrepositories.source',
    'kustomizations.kustomize',
    'helmreleases.helm',
    'ocirepositories.source',
  ])
    expect(names).toContain(`${name}.toolkit.fluxcd.io`);
  const versions = crds.flatMap((crd) => (crd['spec'] as unknown as { versions: Version[] }).versions);
  expect(versions.filter(({ storage }) => storage)).toHaveLength(crds.length);
  for (const { schema, subresources } of versions)
    expect('status' in schema.openAPIV3Schema.properties).toBe('status' in subresources);
});

interface Version {
  readonly storage: boolean;
  readonly subresources: object;
  readonly schema: { readonly openAPIV3Schema: { readonly properties: object } };
}

test('what a CRD says of a kind is what it was made from', () => {
  const info = registry.info('kustomize.toolkit.fluxcd.io', 'Kustomization')!;
  expect(readCrd(crdOf(info, registry)).info).toMatchObject({
    group: info.group,
    kind: info.kind,
    plural: info.plural,
    namespaced: true,
  });
});

test('a CRD has no references, and of metadata it says nothing but rules for names', () => {
  const kafka = registry.info('kafka.strimzi.io', 'Kafka')!;
  const text = JSON.stringify(crdOf(kafka, registry));
  expect(text).not.toContain('$ref');
  const { versions } = JSON.parse(text).spec as {
    versions: { schema: { openAPIV3Schema: { properties: Record<string, unknown> } } }[];
  };
  for (const { schema } of versions) {
    expect(schema.openAPIV3Schema.properties['metadata']).toEqual({ type: 'object' });
    expect(schema.openAPIV3Schema.properties).not.toHaveProperty('apiVersion');
    expect(schema.openAPIV3Schema.properties).toHaveProperty('spec');
  }
});

test('kubectl knows the kinds of Flux by their short names', () => {
  const names = fluxCrds(registry).map((crd) => textsIn(crd, 'spec', 'names', 'shortNames')[0]);
  expect(names).toEqual(expect.arrayContaining(['ks', 'hr', 'gitrepo', 'ocirepo', 'helmrepo', 'hc']));
});
