import { expect, test } from '@jest/globals';
import type { LiveObject } from '../../src/lab';
import { admissionPatch, review, type PodBody } from '../../src/lab/stand-in/admission';
import { standInChart } from '../../src/lab/stand-in/chart';
import { answeredServices, ignoredWebhooks } from '../../src/lab/stand-in/webhooks';
import { openRegistry, packageImports } from '../../src/schema/registry';

const pod = (image: string, spec: Partial<PodBody['spec']> = {}): PodBody => ({
  metadata: { annotations: { kept: 'yes' } },
  spec: { containers: [{ image: 'here:1' }], initContainers: [{ image }], ...spec },
});

const isHere = (image: string): boolean => image === 'here:1';

test('a pod whose images are all there stays as it is', () => {
  expect(admissionPatch(pod('here:1'), isHere)).toEqual([]);
});

test('a pod of which one image is missing goes to pretended nodes, with what it had and the reason', () => {
  const toleration = { key: 'dedicated', operator: 'Exists' };
  const patch = admissionPatch(
    pod('away:1', { nodeSelector: { disk: 'fast' }, tolerations: [toleration] }),
    isHere,
  );
  expect(patch).toEqual([
    {
      op: 'add',
      path: '/metadata/annotations',
      value: { kept: 'yes', 'lab.fluxwright.dev/pretended': 'away:1 is not to be had' },
    },
    { op: 'add', path: '/spec/nodeSelector', value: { disk: 'fast', type: 'kwok' } },
    {
      op: 'add',
      path: '/spec/tolerations',
      value: [toleration, { key: 'kwok.x-k8s.io/node', operator: 'Exists' }],
    },
  ]);
});

test('a pod that is bound for a pretended node is left alone', () => {
  expect(admissionPatch(pod('away:1', { nodeSelector: { type: 'kwok' } }), isHere)).toEqual([]);
});

test('every question is answered with yes, and with a patch where there is one', () => {
  const ask = (image: string) =>
    JSON.parse(review(JSON.stringify({ request: { uid: 'u', object: pod(image) } }), isHere)).response as {
      uid: string;
      allowed: boolean;
      patch?: string;
    };
  expect(ask('here:1')).toEqual({ uid: 'u', allowed: true });
  const { patch = '', ...rest } = ask('away:1');
  expect(rest).toEqual({ uid: 'u', allowed: true, patchType: 'JSONPatch' });
  expect(JSON.parse(Buffer.from(patch, 'base64').toString())).toEqual(admissionPatch(pod('away:1'), isHere));
});

const webhook = (name: string, service: string | undefined, failurePolicy = 'Fail') => ({
  name,
  failurePolicy,
  clientConfig:
    service === undefined ? { url: 'https://10.0.0.1' } : { service: { namespace: 'ops', name: service } },
});

const configuration = (...webhooks: readonly object[]): LiveObject => ({ metadata: { name: 'c' }, webhooks });

test('of a configuration only the webhooks that nobody answers are ignored', () => {
  const all = [
    webhook('a', 'dead'),
    webhook('b', 'alive'),
    webhook('c', undefined),
    webhook('d', 'dead', 'Ignore'),
  ];
  const change = ignoredWebhooks(
    configuration(...all),
    (namespace, name) => `${namespace}/${name}` === 'ops/alive',
  );
  expect(change).toEqual({
    metadata: { annotations: { 'lab.fluxwright.dev/ignored': 'no pod answers a' } },
    webhooks: [{ ...all[0], failurePolicy: 'Ignore' }, ...all.slice(1)],
  });
});

test('a configuration of which nothing is to be ignored does not change', () => {
  expect(ignoredWebhooks(configuration(webhook('b', 'alive')), () => true)).toBeUndefined();
  expect(ignoredWebhooks(configuration(), () => false)).toBeUndefined();
});

test('a Service is answered by a real pod or a program beside the cluster, not by one that pretends or is not ready', () => {
  const slice = (service: string, endpoint: object): LiveObject => ({
    metadata: { name: `${service}-x`, namespace: 'ops', labels: { 'kubernetes.io/service-name': service } },
    endpoints: [endpoint],
  });
  const slices = [
    slice('real', { nodeName: 'node-1', conditions: { ready: true } }),
    slice('beside', {}),
    slice('pretended', { nodeName: 'kwok-1', conditions: { ready: true } }),
    slice('unready', { nodeName: 'node-1', conditions: { ready: false } }),
    { metadata: { name: 'empty', namespace: 'ops', labels: { 'kubernetes.io/service-name': 'empty' } } },
  ];
  expect([...answeredServices(slices, (node) => node.startsWith('kwok-'))]).toEqual([
    'ops/real',
    'ops/beside',
  ]);
});

test('a stand-in brings the CRDs of its chart, but for a kind of which no version is served', () => {
  const registry = openRegistry([packageImports()]);
  const knowledge = registry.chart('nack', '0.34.0')!;
  expect(knowledge.crds).toContain('streamtemplates.jetstream.nats.io');
  const { files } = standInChart(knowledge, '0.34.0', [], registry);
  const brought = [...files.keys()].filter((path) => path.startsWith('nack/crds/'));
  expect(brought).toContain('nack/crds/streams.jetstream.nats.io.yaml');
  expect(brought).toHaveLength(knowledge.crds.length - 1);
  expect(brought).not.toContain('nack/crds/streamtemplates.jetstream.nats.io.yaml');
});
