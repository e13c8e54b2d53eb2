import { existsSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { LiveObject } from '../../src/lab/api/client';
import {
  bytes,
  createVolumeFolder,
  growthOf,
  isOurReleased,
  removeVolumeFolder,
  volumeFor,
} from '../../src/lab/volumes';

const claim = (overrides: Partial<LiveObject> = {}): LiveObject => ({
  metadata: {
    name: 'data-kafka-0',
    namespace: 'queuing',
    uid: 'abc',
    annotations: { 'volume.kubernetes.io/selected-node': 'node-2' },
  },
  spec: {
    storageClassName: 'standard',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
  },
  ...overrides,
});

const spec = claim().spec!;

test('a claim gets a volume of its size, for itself alone, on the node that the scheduler has chosen', () => {
  expect(volumeFor(claim())).toMatchObject({
    kind: 'PersistentVolume',
    metadata: { name: 'pvc-abc' },
    spec: {
      capacity: { storage: '1Gi' },
      claimRef: { namespace: 'queuing', name: 'data-kafka-0', uid: 'abc' },
      local: { path: '/var/lib/volumes/pvc-abc' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', values: ['node-2'] }] }],
        },
      },
    },
  });
});

test.each([
  ['of another class', claim({ spec: { ...spec, storageClassName: 'fast' } })],
  ['that has a volume', claim({ spec: { ...spec, volumeName: 'pvc-abc' } })],
  ['for which no node is chosen yet', claim({ metadata: { name: 'a', uid: 'a' } })],
  [
    'that is being deleted',
    claim({ metadata: { ...claim().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }),
  ],
])('a claim %s gets none', (_, other) => {
  expect(volumeFor(other)).toBeUndefined();
});

test.each([
  ['1Gi', '2Gi', { volume: 'pvc-abc', storage: '2Gi' }],
  ['1Gi', '1100M', { volume: 'pvc-abc', storage: '1100M' }],
  ['1Gi', '1Gi', undefined],
  ['1Gi', '1G', undefined],
])('a claim that has %s and asks for %s grows to %o', (has, wants, expected) => {
  const bound = { ...spec, volumeName: 'pvc-abc', resources: { requests: { storage: wants } } };
  expect(growthOf(claim({ spec: bound, status: { capacity: { storage: has } } }))).toEqual(expected);
});

test.each([
  ['1Ki', 1024],
  ['5Gi', 5 * 1024 ** 3],
  ['1.5G', 1_500_000_000],
  ['12e6', 12_000_000],
  ['128974848000m', 128_974_848],
  ['2Ei', 2 * 1024 ** 6],
  ['3E', 3e18],
  ['100', 100],
])('%s is %d bytes', (quantity, expected) => {
  expect(bytes(quantity)).toBe(expected);
});

const volume = (phase: string, policy = 'Delete', by = 'lab.fluxwright.dev/local'): LiveObject => ({
  metadata: { name: 'pvc-abc', annotations: { 'pv.kubernetes.io/provisioned-by': by } },
  spec: { persistentVolumeReclaimPolicy: policy },
  status: { phase },
});

test('only our own released volumes that nobody wants to keep are removed', () => {
  expect(isOurReleased(volume('Released'))).toBe(true);
  expect(isOurReleased(volume('Bound'))).toBe(false);
  expect(isOurReleased(volume('Released', 'Retain'))).toBe(false);
  expect(isOurReleased(volume('Released', 'Delete', 'somebody.else'))).toBe(false);
});

test('data lies on its node, open to any user of a pod, until it is removed; pretended nodes have none', () => {
  const nodes = mkdtempSync(join(tmpdir(), 'lab-volumes-'));
  const made = volumeFor(claim())!;
  createVolumeFolder(nodes, made);
  expect(existsSync(join(nodes, 'node-2'))).toBe(false);
  mkdirSync(join(nodes, 'node-2', 'volumes'), { recursive: true });
  createVolumeFolder(nodes, made);
  expect(statSync(join(nodes, 'node-2', 'volumes', 'pvc-abc')).mode & 0o777).toBe(0o777);
  removeVolumeFolder(nodes, made as unknown as LiveObject);
  expect(existsSync(join(nodes, 'node-2', 'volumes', 'pvc-abc'))).toBe(false);
});
