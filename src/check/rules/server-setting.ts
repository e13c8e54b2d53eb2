import { violationsOf } from '../facts/verdict';
import { isAtLeast } from '../facts/versions';
import type { CheckScope, Rule, Violation } from '../rule';

export const serverSetting: Rule = {
  id: 'server-setting',
  title: 'Nothing asks for what an API server with the usual settings refuses.',
  severity: 'error',
  why: 'Flags of the API server decide about some values: the range of node ports, features that are not on by default. A server without them refuses the object; where yours has them, turn this rule off with that as the reason.',
  bad: `kind: Service
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 80 }]`,
  good: `kind: Service
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]`,
  *check(scope) {
    for (const violation of violationsOf(scope, 'setting')) if (!isUsual(violation, scope)) yield violation;
  },
};

/** What was a feature to be turned on once, and is on in every server from a version on. */
const usualSince: { readonly [field: string]: string } = {
  'HorizontalPodAutoscaler spec.minReplicas': '1.37',
};

function isUsual({ object, path }: Violation, { cluster }: CheckScope): boolean {
  const since = usualSince[`${object?.kind} ${path}`];
  return since !== undefined && isAtLeast(cluster.info.kubernetesVersion, since);
}
