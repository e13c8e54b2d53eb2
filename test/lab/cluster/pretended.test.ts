import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/estate';
import { type Lab, startLab } from '../../../src/lab';
import { labName } from '../names';
import { apply, eventually, MINUTES, podReady } from './asking';

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ name: labName('pretended'), nodes: 1, kwok: 1 });
  await lab.provideImages(['busybox:1.36']);
}, 5 * MINUTES);

afterAll(() => lab?.down(), MINUTES);

const pretended = (name: string, after: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', annotations: { 'lab.fluxwright.dev/ready-after': after } },
  spec: {
    nodeSelector: { type: 'kwok' },
    tolerations: [{ key: 'kwok.x-k8s.io/node', operator: 'Exists' }],
    containers: [{ name: 'x', image: 'nobody.example/has-this:1' }],
  },
});

test(
  'pods on pretended nodes pass for Ready, when they are told to',
  async () => {
    await apply(lab, pretended('soon', '1s'), pretended('sick', 'never'));
    await podReady(lab, 'soon');
    const sick = await lab.client.find('/api/v1/namespaces/default/pods/sick');
    expect(sick?.status?.['phase']).toBe('Pending');
  },
  2 * MINUTES,
);

test(
  'a pod whose image is not to be had pretends to run, visibly; one whose image is there runs',
  async () => {
    const pod = (name: string, image: string): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'x', image, command: ['sleep', '1000'] }],
      },
    });
    await apply(
      lab,
      pod('absent', 'nobody.example/has-this:1'),
      pod('present', 'docker.io/library/busybox:1.36'),
    );
    await Promise.all([podReady(lab, 'absent'), podReady(lab, 'present')]);
    const [absent, present] = await Promise.all(
      ['absent', 'present'].map((name) => lab.client.find(`/api/v1/namespaces/default/pods/${name}`)),
    );
    expect(absent?.spec?.['nodeName']).toBe('kwok-1');
    expect(absent?.metadata.annotations).toEqual({
      'lab.fluxwright.dev/pretended': 'nobody.example/has-this:1 is not to be had',
    });
    expect(present?.spec?.['nodeName']).toMatch(/^node-/);
  },
  2 * MINUTES,
);

test(
  'a webhook that no pod answers is set to Ignore, visibly',
  async () => {
    const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/absent';
    await apply(lab, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'absent' },
      webhooks: [
        {
          name: 'a.absent.example.com',
          admissionReviewVersions: ['v1'],
          clientConfig: { service: { namespace: 'default', name: 'absent' } },
          failurePolicy: 'Fail',
          rules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
          ],
          sideEffects: 'None',
          timeoutSeconds: 1,
        },
      ],
    });
    const configMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'judged', namespace: 'default' },
    };
    await eventually('the webhook still refuses', 30, () => apply(lab, configMap).then(() => undefined));
    expect((await lab.client.find(path))?.metadata.annotations?.['lab.fluxwright.dev/ignored']).toBe(
      'no pod answers a.absent.example.com',
    );
  },
  MINUTES,
);
