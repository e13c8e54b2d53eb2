import { expect, test } from '@jest/globals';
import { add, base, set, texts } from '../support';

const release = (name: string, more = ''): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: queuing }
spec:
  interval: 1h
  upgrade: { crds: CreateReplace }
  chartRef: { kind: OCIRepository, name: strimzi, namespace: flux-system }${more}`;

test('two releases of one name in a namespace are found', () => {
  const broken = add(base(), 'kafka', release('second', '\n  releaseName: strimzi'));
  expect(texts(broken, 'release-name')).toEqual([
    expect.stringContaining(
      'HelmRelease queuing/strimzi (/charts/kafka.ts:2) is the release strimzi in queuing as well',
    ),
  ]);
});

test('a name that Flux would cut off is found', () => {
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.releaseName', 'x'.repeat(54));
  expect(texts(broken, 'release-name')).toEqual([expect.stringContaining('has 54 characters of at most 53')]);
});

test('one name in two namespaces is fine', () => {
  const other = release('strimzi').replace('namespace: queuing', 'namespace: data');
  expect(texts(add(base(), 'zookeeper', other), 'release-name')).toEqual([]);
});
