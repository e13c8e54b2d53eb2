import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { podParts, soft } from './shapes';

const ingress: readonly ShortRow[] = [
  ['ingress.className', 'networking.k8s.io/IngressClass', 'runtime'],
  ['ingress.tls[].secretName', 'Secret', 'runtime'],
];

/** The chart of the operator makes the account in every namespace that its values name. */
const deployment: readonly ShortRow[] = [['serviceAccount', 'ServiceAccount', 'start', soft], ...ingress];

/** Flink. */
export const flinkReferences: ReferenceTable = {
  'flink.apache.org/FlinkDeployment': rows('spec', [...deployment, ...podParts]),
  'flink.apache.org/FlinkBlueGreenDeployment': rows('spec', [
    ...ingress,
    ...below('template.spec', deployment),
    ...podParts,
  ]),
  'flink.apache.org/FlinkSessionJob': rows('spec', [
    ['deploymentName', 'flink.apache.org/FlinkDeployment', 'start'],
  ]),
  'flink.apache.org/FlinkStateSnapshot': rows('spec', [
    ['jobReference.name', { kind: 'kind', otherwise: 'flink.apache.org/FlinkDeployment' }, 'start'],
  ]),
};
