import { expect, test } from '@jest/globals';
import { type Cause, type ClusterStatus, statusText } from '../../src/status';

const object = {
  id: 'apps/Deployment/shop/api',
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'api',
};
const broken: Cause = {
  finding: {
    rule: 'OOMKilled',
    severity: 'error',
    message: 'killed',
    fix: 'more memory',
    cluster: 'test',
    object,
  },
  stops: Array.from({ length: 10 }, (_, index) => ({
    object: `Kustomization flux-system/${index}`,
    message: 'waits',
  })),
};
const coming: Cause = { finding: { ...broken.finding, rule: 'Pending', severity: 'note' }, stops: [] };
const good: ClusterStatus = {
  cluster: 'test',
  revision: 'main@sha1:1',
  units: { total: 3, ready: 3 },
  causes: [],
  warnings: [],
  isReady: true,
};

test('what is broken comes with what waits for it, and the last line counts', () => {
  const status = { ...good, units: { total: 12, ready: 2 }, causes: [broken, coming], isReady: false };
  expect(statusText(status, { color: false })).toBe(`error[OOMKilled] killed
  in  test: Deployment shop/api
  fix more memory
  not Ready for its sake
      Kustomization flux-system/0  waits
      Kustomization flux-system/1  waits
      Kustomization flux-system/2  waits
      Kustomization flux-system/3  waits
      Kustomization flux-system/4  waits
      Kustomization flux-system/5  waits
      Kustomization flux-system/6  waits
      Kustomization flux-system/7  waits
      and 2 more

note[Pending] killed
  in  test: Deployment shop/api
  fix more memory

cluster test at main@sha1:1: 2 of 12 units Ready, 1 broken, 1 on their way
`);
});

test('where all is well a line says so', () => {
  expect(statusText(good, { color: false })).toBe('cluster test at main@sha1:1: 3 of 3 units Ready\n');
  const empty = { units: { total: 0, ready: 0 }, causes: [], warnings: [], isReady: true };
  expect(statusText(empty, { color: false })).toBe('the cluster: Flux has nothing to look after\n');
});
