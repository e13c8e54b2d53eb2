import type { JsonObject } from '../../estate';

/** Who a pod runs as. The `restricted` level of the Pod Security Standards, always. */
export function podSecurity(user: number, group: number): JsonObject {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: group,
    fsGroup: group,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** What a container may do: nothing that a program needs. */
export const containerSecurity: JsonObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
