import { describe, textIn } from '../../estate';
import { releasesOf } from '../facts/releases';
import type { Rule } from '../rule';

export const crdsNotUpgraded: Rule = {
  id: 'crds-not-upgraded',
  title: "A release says what happens to its chart's CRDs when it is upgraded.",
  severity: 'warning',
  why: 'By default Flux installs the CRDs of a chart once and never touches them again. After an upgrade the operator runs with the old ones: new fields are refused, or dropped without a word.',
  bad: `kind: HelmRelease
spec:
  chart: { spec: { chart: strimzi-kafka-operator, … } }`,
  good: `kind: HelmRelease
spec:
  install: { crds: CreateReplace }
  upgrade: { crds: CreateReplace }`,
  *check(scope) {
    for (const { object, chart } of releasesOf(scope)) {
      if (!chart || !keepsCrdsApart.has(chart.name)) continue;
      if (textIn(object.body, 'spec', 'upgrade', 'crds') !== undefined) continue;
      const message = `${describe(object)} never upgrades the CRDs of the chart ${chart.name}`;
      const fix = 'write upgrade: { crds: CreateReplace }, or Skip where something else brings them';
      yield { object, path: 'spec.upgrade.crds', message, fix };
    }
  },
};

/** Charts with their CRDs in `crds/`, where Helm does not look again; those in templates follow the release. */
const keepsCrdsApart: ReadonlySet<string> = new Set([
  'chaos-mesh',
  'flagger',
  'flink-kubernetes-operator',
  'gateway-helm',
  'grafana-operator',
  'k8up',
  'kafka-backup-operator',
  'kiali-operator',
  'kube-prometheus-stack',
  'nack',
  'sealed-secrets',
  'strimzi-kafka-operator',
  'velero',
]);
