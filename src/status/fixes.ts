import type { ObjectId } from '../estate';

/** What helps, by the reason that a cluster gives; `<object>` and `<namespace>` stand for whom it is about. */
const fixes: readonly (readonly [RegExp, string])[] = [
  [/^(ErrImage|ImagePull|InvalidImage)/, 'name an image that is there, or give its pods `imagePullSecrets`'],
  [
    /^(CrashLoopBackOff|BackoffLimitExceeded)$/,
    'see why it ends: kubectl logs --namespace <namespace> <object> --previous',
  ],
  [/^OOMKilled$/, 'give the container more memory, or its program less to do'],
  [/^Unschedulable$/, 'ask for less, or add nodes that have it'],
  [/^Unhealthy$/, 'see what the probe asks for: kubectl logs --namespace <namespace> <object>'],
  [/^FailedCreate$/, 'let the namespace admit its pods, or change what they ask for'],
  [/^ProvisioningFailed$/, 'name a StorageClass that the cluster has'],
  [
    /^(Install|Upgrade|Rollback|Test)Failed$/,
    'mend the release; its events tell more: kubectl describe --namespace <namespace> <object>',
  ],
  [
    /(PullFailed|GitOperationFailed|AuthenticationFailed|InvalidChartReference|FetchFailed)$/,
    'mend the address, its version or its credentials',
  ],
  [/^(ReconciliationFailed|BuildFailed)$/, 'mend the manifest and commit it'],
  [/^Missing$/, 'have Flux bring it back: flux reconcile kustomization, or remove it here'],
  [
    /^(Progressing|DependencyNotReady|Unseen|Pending|Running|Reconciling|MinimumReplicasUnavailable)/,
    'wait and look again; where that lasts: kubectl describe --namespace <namespace> <object>',
  ],
];

/** What somebody can do about a reason. */
export function fixFor(reason: string, id: ObjectId): string {
  const [, kind = '', namespace = '', name = ''] = id.split('/');
  const known = fixes.find(([pattern]) => pattern.test(reason))?.[1];
  const fix = known ?? 'see what its controller says: kubectl describe --namespace <namespace> <object>';
  const object = `${kind.toLowerCase()}/${name}`;
  if (namespace === '') return fix.replace(' --namespace <namespace>', '').replace('<object>', object);
  return fix.replace('<namespace>', namespace).replace('<object>', object);
}
