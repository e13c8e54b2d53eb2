import type { JsonObject } from '../../estate';
import type { ProvidedObject } from '../../schema/types';

/**
 * What stands for an object that a chart installs; undefined for kinds that would do something: webhooks that no pod
 * answers, and resources of other operators.
 */
export function standInObject(object: ProvidedObject): JsonObject | undefined {
  const rest = bodies[object.kind]?.(object);
  if (!rest || !groups.has(object.apiVersion)) return undefined;
  const { apiVersion, kind, name, namespace } = object;
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, ...rest };
}

/** Where pods go that only pretend to run. */
export const onPretendedNodes = {
  nodeSelector: { type: 'kwok' },
  tolerations: [{ key: 'kwok.x-k8s.io/node', operator: 'Exists' }],
};

const groups = new Set(['v1', 'apps/v1', 'rbac.authorization.k8s.io/v1', 'policy/v1']);

const bodies: { readonly [kind: string]: (object: ProvidedObject) => JsonObject } = {
  ConfigMap: () => ({}),
  Secret: () => ({}),
  ServiceAccount: () => ({}),
  Role: () => ({ rules: [] }),
  ClusterRole: () => ({ rules: [] }),
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  Service: ({ name, ports = [{ port: 80 }] }) => ({
    spec: {
      selector: labels(name),
      ports: ports.map((port) => ({ ...port, name: port.name ?? `port-${port.port}` })),
    },
  }),
  PodDisruptionBudget: ({ name }) => ({ spec: { selector: { matchLabels: labels(name) } } }),
  Deployment: ({ name }) => ({ spec: workload(name) }),
  DaemonSet: ({ name }) => ({ spec: workload(name) }),
  StatefulSet: ({ name }) => ({ spec: { ...workload(name), serviceName: name } }),
};

function labels(name: string): JsonObject {
  return { 'lab.fluxwright.dev/stands-in': name.slice(0, 63).replace(/[^a-z0-9]+$/, '') };
}

function binding(): JsonObject {
  return {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [],
  };
}

/** Pods that only pretended nodes take, of the shape that the strictest namespace asks for. */
function workload(name: string): JsonObject {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  return {
    selector: { matchLabels: labels(name) },
    template: {
      metadata: { labels: labels(name) },
      spec: {
        ...onPretendedNodes,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ name: 'stand-in', image: 'stand-in.lab.fluxwright.dev/none:0', securityContext }],
      },
    },
  };
}
