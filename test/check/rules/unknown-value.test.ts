import { expect, test } from '@jest/globals';
import { base, findingsOf, firing, set, texts } from '../support';

test('a value that the chart does not read is found, with the one that was meant', () => {
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.values', { watchAnyNamespce: true });
  expect(firing(broken)).toEqual(['unknown-value']);
  expect(texts(broken, 'unknown-value')).toEqual([
    expect.stringContaining(
      'spec.values.watchAnyNamespce: the chart strimzi-kafka-operator 1.2.0 reads no value watchAnyNamespce → write watchAnyNamespace',
    ),
  ]);
});

test('in a version of the chart that nobody has imported it is a warning', () => {
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.values', { watchAnyNamespce: true });
  const other = set(broken, 'OCIRepository flux-system/strimzi', 'spec.ref.tag', '1.1.9');
  expect(findingsOf(other)).toEqual([
    expect.objectContaining({ rule: 'unknown-value', severity: 'warning' }),
  ]);
});
