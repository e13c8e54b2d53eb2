import { expect, test } from '@jest/globals';
import { Cluster, FluxApp, mapIn, textIn } from '../../src';
import { opsTree } from '../../src/ops';
import { parseDocuments } from '../../src/yaml';

const info = (props: ConstructorParameters<typeof Cluster>[2] = {}) =>
  new Cluster(new FluxApp(), 'kind', props).info;

function bodies(text: string | undefined) {
  return parseDocuments(text ?? '', 'ops.yaml').documents.map(({ body }) => body);
}

test('Flux gets the settings that the order relies on', () => {
  const text = opsTree([info()]).get('kind/flux-system/kustomization.yaml');
  for (const flag of [
    '--concurrent=20',
    '--requeue-dependency=5s',
    'CancelHealthCheckOnNewRevision=true',
    'AdditiveCELDependencyCheck=false',
  ]) {
    expect(text).toContain(flag);
  }
});

test('one Kustomization leads from the bootstrap to the folder of the cluster, and waits for nothing', () => {
  const [estate, ...others] = bodies(opsTree([info()]).get('kind/estate.yaml'));
  expect(others).toEqual([]);
  expect(mapIn(estate, 'spec')).toMatchObject({
    path: './dist/kind/flux-system',
    wait: false,
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  });
  expect(mapIn(estate, 'spec')).not.toHaveProperty('dependsOn');
});

test('a cluster that is read from an artifact brings its source', () => {
  const url = 'oci://registry.example.com/estates/kind';
  const [source, estate] = bodies(opsTree([info({ source: { oci: url } })]).get('kind/estate.yaml'));
  expect([source?.['kind'], textIn(source, 'spec', 'url')]).toEqual(['OCIRepository', url]);
  expect(textIn(estate, 'spec', 'path')).toBe('./flux-system');
});
