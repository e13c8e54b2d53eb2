import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts, without } from '../support';

const claim = (mode: string): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: files, namespace: shop }
spec: { accessModes: [${mode}], resources: { requests: { storage: 1Gi } } }`;
const mounting = (mode: string) =>
  set(add(base(), 'shop', claim(mode)), 'Deployment shop/api', 'spec.template.spec.volumes', [
    { name: 'files', persistentVolumeClaim: { claimName: 'files' } },
  ]);

test('a claim for one node in more than one pod is found', () => {
  const broken = mounting('ReadWriteOnce');
  expect(firing(broken)).toEqual(['rolling-claim']);
  expect(texts(broken, 'rolling-claim')).toEqual([expect.stringContaining('in 2 pods')]);
});

test('an update that starts a second pod is found, and one that does not is fine', () => {
  const single = set(
    without(mounting('ReadWriteOnce'), 'HorizontalPodAutoscaler shop/api', 'PodDisruptionBudget shop/api'),
    'Deployment shop/api',
    'spec.replicas',
    1,
  );
  expect(firing(single)).toEqual(['rolling-claim']);
  expect(firing(set(single, 'Deployment shop/api', 'spec.strategy', { type: 'Recreate' }))).toEqual([]);
});

test('a claim for many nodes is fine', () => {
  expect(firing(mounting('ReadWriteMany'))).toEqual([]);
});
