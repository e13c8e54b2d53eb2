import type { JsonObject } from '../../estate';
import { onPretendedNodes } from './objects';

/** Written to a pod that only pretends to run, with the image that is not to be had. */
export const PRETENDED = 'lab.fluxwright.dev/pretended';

/** The part of a pod that says what runs in it and where. */
export interface PodBody {
  readonly metadata: { readonly annotations?: { readonly [key: string]: string } };
  readonly spec: {
    readonly containers: readonly { readonly image: string }[];
    readonly initContainers?: readonly { readonly image: string }[];
    readonly nodeSelector?: { readonly [key: string]: string };
    readonly tolerations?: readonly JsonObject[];
  };
}

/**
 * How a pod has to change to run where its images are: a JSON patch. Empty where they are to be had, and where the
 * pod is bound for a pretended node anyway.
 */
export function admissionPatch(pod: PodBody, isToBeHad: (image: string) => boolean): JsonObject[] {
  const { containers, initContainers = [], nodeSelector = {}, tolerations = [] } = pod.spec;
  const missing = [...containers, ...initContainers].find(({ image }) => !isToBeHad(image))?.image;
  if (missing === undefined || nodeSelector['type'] === onPretendedNodes.nodeSelector.type) return [];
  const annotations = { ...pod.metadata.annotations, [PRETENDED]: `${missing} is not to be had` };
  return [
    { op: 'add', path: '/metadata/annotations', value: annotations },
    { op: 'add', path: '/spec/nodeSelector', value: { ...nodeSelector, ...onPretendedNodes.nodeSelector } },
    { op: 'add', path: '/spec/tolerations', value: [...tolerations, ...onPretendedNodes.tolerations] },
  ];
}

/** What makes the API server ask, for every pod that is made. Without an answer it goes on. */
export function podAdmission(url: string, authority: string): JsonObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'lab.fluxwright.dev' },
    webhooks: [
      {
        name: 'pods.lab.fluxwright.dev',
        admissionReviewVersions: ['v1'],
        clientConfig: { url, caBundle: Buffer.from(authority).toString('base64') },
        failurePolicy: 'Ignore',
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        sideEffects: 'None',
        timeoutSeconds: 5,
      },
    ],
  };
}

/** The answer to one question of the API server. */
export function review(question: string, isToBeHad: (image: string) => boolean): string {
  const { request } = JSON.parse(question) as { request: { uid: string; object: PodBody } };
  const patch = admissionPatch(request.object, isToBeHad);
  const patched = { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') };
  const response = { uid: request.uid, allowed: true, ...(patch.length > 0 && patched) };
  return JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response });
}
