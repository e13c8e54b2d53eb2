import { violationsOf } from '../facts/verdict';
import type { Rule } from '../rule';

export const cel: Rule = {
  id: 'cel',
  title: 'Custom resources keep to the CEL rules that their CRD brings.',
  severity: 'error',
  why: 'The API server evaluates these rules at every write and refuses what breaks one.',
  bad: `kind: HelmRelease
spec:
  chart: { spec: { chart: redis, sourceRef: { kind: HelmRepository, name: charts } } }
  chartRef: { kind: OCIRepository, name: redis } # one of the two, not both`,
  good: `kind: HelmRelease
spec:
  chartRef: { kind: OCIRepository, name: redis }`,
  check: (scope) => violationsOf(scope, 'cel'),
};
