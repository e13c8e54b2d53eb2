import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

const autoscaler = 'HorizontalPodAutoscaler shop/api';
const external = {
  type: 'External',
  external: { metric: { name: 'lag' }, target: { type: 'Value', value: '1' } },
};

test('a node port outside of the usual range is found', () => {
  const open = set(base(), 'Service shop/api', 'spec.type', 'NodePort');
  const port = (nodePort: number) => set(open, 'Service shop/api', 'spec.ports[0].nodePort', nodePort);
  expect(firing(port(30_080))).toEqual([]);
  expect(firing(port(8080))).toEqual(['server-setting']);
  expect(texts(port(8080), 'server-setting')).toEqual([expect.stringContaining('30000 to 32767')]);
});

test('no replicas at all need a newer server, and something outside that wakes them', () => {
  const asleep = (kubernetesVersion: string) =>
    set(base({ kubernetesVersion }), autoscaler, 'spec.minReplicas', 0);
  const woken = (kubernetesVersion: string) =>
    set(asleep(kubernetesVersion), autoscaler, 'spec.metrics', [external]);
  expect(firing(asleep('1.37'))).toEqual(['core-validation']);
  expect(firing(woken('1.36'))).toEqual(['server-setting']);
  expect(firing(woken('1.37'))).toEqual([]);
});
