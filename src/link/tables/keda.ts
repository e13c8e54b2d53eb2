import { type More, type ReferenceTable, rows, type ShortRow } from './row';
import { configMapKey, podParts, secretKey } from './shapes';

const authentication: ShortRow = [
  'authenticationRef.name',
  { kind: 'kind', otherwise: 'keda.sh/TriggerAuthentication' },
  'start',
];
const trigger = ([where, ...rest]: ShortRow): ShortRow => [`triggers[].${where}`, ...rest];

const credentials = (more: More): ShortRow[] => [
  secretKey('secretTargetRef[]', more),
  configMapKey('configMapTargetRef[]', more),
  secretKey('**.valueFrom.secretKeyRef', more),
  ['boundServiceAccountToken[].serviceAccountName', 'ServiceAccount', 'start', more],
  ['hashiCorpVault.credential.serviceAccountName', 'ServiceAccount', 'start', more],
];

/** KEDA. */
export const kedaReferences: ReferenceTable = {
  'keda.sh/ScaledObject': rows('spec', [
    ['scaleTargetRef.name', { kind: 'kind', group: 'apiVersion', otherwise: 'apps/Deployment' }, 'runtime'],
    trigger(authentication),
  ]),
  'keda.sh/ScaledJob': rows('spec', [trigger(authentication), ...podParts]),
  'keda.sh/TriggerAuthentication': rows('spec', credentials({})),
  // They are in the namespace of KEDA, which is called so by most.
  'keda.sh/ClusterTriggerAuthentication': rows('spec', credentials({ namespace: '=keda', optional: true })),
  'eventing.keda.sh/CloudEventSource': rows('spec', [authentication]),
  'eventing.keda.sh/ClusterCloudEventSource': rows('spec', [authentication]),
};
