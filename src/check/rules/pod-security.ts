import { describe } from '../../estate';
import { baseline } from '../facts/pod-security/baseline';
import { type Breach, type Control, viewOf } from '../facts/pod-security/control';
import { restricted } from '../facts/pod-security/restricted';
import { enforcedLevel } from '../facts/pod-security-level';
import { type Workload, workloadsOf } from '../facts/workloads';
import type { Rule } from '../rule';

const controls: { readonly [level: string]: readonly Control[] } = {
  baseline,
  restricted: [...baseline, ...restricted],
};

export const podSecurity: Rule = {
  id: 'pod-security',
  title: 'Pods keep to the Pod Security level that their namespace enforces.',
  severity: 'error',
  why: 'The API server takes the Deployment and refuses its pods: nothing ever starts, and only the events of the ReplicaSet say why. All controls of the levels baseline and restricted are checked.',
  bad: `# in a namespace with pod-security.kubernetes.io/enforce: restricted
containers:
  - name: api
    image: ghcr.io/example/api:1.4.2`,
  good: `securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
containers:
  - name: api
    image: ghcr.io/example/api:1.4.2
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }`,
  *check(scope) {
    for (const workload of workloadsOf(scope)) {
      const { object } = workload;
      const level = enforcedLevel(scope, object.namespace) ?? '';
      for (const { path, message, fix } of breachesOf(workload, controls[level])) {
        const whole = `${describe(object)} ${message}, which ${object.namespace} (${level}) does not allow`;
        yield { object, path, message: whole, fix: `${fix}, or enforce a lower level on the namespace` };
      }
    }
  },
};

function breachesOf(workload: Workload, level: readonly Control[] | undefined): Breach[] {
  if (level === undefined) return [];
  const view = viewOf(workload);
  return level.flatMap((control) => [...control(view)]);
}
