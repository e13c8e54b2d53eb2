import type { Json, JsonObject } from '../../estate';

/** What the server writes into pods and claims where nobody wrote anything; these names mean the same everywhere. */
const defaults: { readonly [field: string]: Json } = {
  apiVersion: 'v1',
  defaultMode: 420,
  dnsPolicy: 'ClusterFirst',
  enableServiceLinks: true,
  expirationSeconds: 3600,
  failureThreshold: 3,
  path: '/',
  periodSeconds: 10,
  preemptionPolicy: 'PreemptLowerPriority',
  protocol: 'TCP',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  scheme: 'HTTP',
  serviceAccountName: 'default',
  successThreshold: 1,
  terminationGracePeriodSeconds: 30,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  timeoutSeconds: 1,
  volumeMode: 'Filesystem',
};

/** Fields behind feature gates that are off, and an old name of another field: the server drops them. */
const dropped = new Set([
  'clusterTrustBundle',
  'podCertificate',
  'serviceAccount',
  'stopSignal',
  'workloadRef',
]);

/**
 * A value without what makes no difference: what Go takes for absent, and what the server would write itself.
 * Undefined where nothing is left.
 */
export function meaning(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === '' || value === false || value === 0)
    return undefined;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value))
    return value.length === 0 ? undefined : (value as readonly Json[]).map((item) => meaning(item) ?? null);
  const object = value as JsonObject;
  const left = Object.keys(object).flatMap((key) => entryOf(object, key));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

function entryOf(object: JsonObject, key: string): [string, Json][] {
  const value = meaning(object[key]);
  const isDefault = value === (key === 'imagePullPolicy' ? pullPolicy(object['image']) : defaults[key]);
  return value === undefined || isDefault || dropped.has(key) ? [] : [[key, value]];
}

/** An image with a tag of its own is pulled once. */
function pullPolicy(image: Json | undefined): string {
  return typeof image === 'string' && /:(?!latest$)[^/]+$/.test(image) ? 'IfNotPresent' : 'Always';
}
