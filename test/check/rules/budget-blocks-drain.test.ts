import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

const spec = (value: { [key: string]: string | number }) =>
  set(base(), 'PodDisruptionBudget shop/api', 'spec', {
    ...value,
    selector: { matchLabels: { app: 'api' } },
  });

test.each([
  [{ minAvailable: 2 }],
  [{ minAvailable: '100%' }],
  [{ minAvailable: '51%' }],
  [{ maxUnavailable: 0 }],
  [{ maxUnavailable: '0%' }],
])('%j of two pods blocks every drain', (value) => {
  expect(firing(spec(value))).toEqual(['budget-blocks-drain']);
});

test.each([
  [{ minAvailable: 1 }],
  [{ minAvailable: '50%' }],
  [{ maxUnavailable: '10%' }],
  [{ maxUnavailable: 1 }],
])('%j of two pods is fine', (value) => {
  expect(firing(spec(value))).toEqual([]);
});

test('one replica that must be there blocks every drain', () => {
  const single = set(spec({ minAvailable: 1 }), 'HorizontalPodAutoscaler shop/api', 'spec.minReplicas', 1);
  expect(texts(single, 'budget-blocks-drain')).toEqual([
    'PodDisruptionBudget api spec.minAvailable: PodDisruptionBudget shop/api lets none of the one pod of Deployment shop/api be moved: no node with one of them can be drained → write maxUnavailable: 1 instead',
  ]);
});
