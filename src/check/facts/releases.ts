import {
  chartOf,
  type ChartOfRelease,
  type EstateObject,
  isForAnother,
  type JsonObject,
  kindOf,
  mapIn,
  releaseNameOf,
  releaseNamespaceOf,
} from '../../estate';
import { providedBy } from '../../schema/provided-by';
import type { ChartKnowledge, ProvidedObject } from '../../schema/types';
import type { CheckScope } from '../rule';
import { perScope } from './per-scope';

/** A HelmRelease, and what is known of its chart. */
export interface Release {
  readonly object: EstateObject;
  readonly name: string;
  readonly namespace: string;
  readonly values: JsonObject;
  readonly chart?: ChartOfRelease;
  /** Absent where nobody has imported the chart. */
  readonly known?: ChartKnowledge;
  /** What it installs; absent where nobody has looked. */
  readonly brings?: readonly ProvidedObject[];
}

/** The HelmReleases of a cluster. */
export const releasesOf = perScope((scope): readonly Release[] =>
  scope.of('helm.toolkit.fluxcd.io/HelmRelease').map((object) => release(object, scope)),
);

function release(object: EstateObject, { registry, find }: CheckScope): Release {
  const [name, namespace, values] = [
    releaseNameOf(object),
    releaseNamespaceOf(object),
    mapIn(object.body, 'spec', 'values'),
  ];
  const chart = chartOf(object, find);
  const known = chart && registry.chart(chart.name, chart.version);
  const brings = isForAnother(object) ? [] : known?.objects && providedBy(known, name, namespace, values);
  return {
    object,
    name,
    namespace,
    values,
    ...(chart && { chart }),
    ...(known && { known }),
    ...(brings && { brings }),
  };
}

const runsPods = new Set([
  'Pod',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'batch/Job',
  'batch/CronJob',
]);

/** Whether a release may run pods: it does, or nobody has looked. */
export function mayRunPods({ brings }: Release): boolean {
  return brings === undefined || brings.some((object) => runsPods.has(kindOf(object)));
}
