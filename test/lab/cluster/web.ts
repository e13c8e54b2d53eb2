import type { JsonObject } from '../../../src/estate';

const hardened = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** A pod that others are asked from. */
export function client(name: string, labels: Record<string, string>): JsonObject {
  const container = { name: 'client', image: 'busybox:1.36', command: ['sleep', '100000'] };
  const spec = { terminationGracePeriodSeconds: 0, containers: [container] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', labels }, spec };
}

/** How big a volume is to be. */
export const storage = (size: string): JsonObject => ({ resources: { requests: { storage: size } } });

/** Three pods of production shape, each with a volume of its own, and the Services before them. */
export const web: JsonObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 8080 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'front', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      serviceName: 'web',
      replicas: 3,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 1,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            fsGroup: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'DoNotSchedule',
              labelSelector: { matchLabels: { app: 'web' } },
            },
          ],
          containers: [
            {
              name: 'web',
              image: 'busybox:1.36',
              command: [
                'sh',
                '-c',
                'test -f /data/id || cat /proc/sys/kernel/random/uuid > /data/id; exec httpd -f -p 8080 -h /data',
              ],
              resources: { limits: { cpu: '500m', memory: '64Mi' } },
              securityContext: hardened,
              readinessProbe: { httpGet: { path: '/id', port: 8080 }, periodSeconds: 1 },
              livenessProbe: { exec: { command: ['cat', '/data/id'] }, timeoutSeconds: 20 },
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], ...storage('1Gi') } },
      ],
    },
  },
];
