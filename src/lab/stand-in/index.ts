import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  append,
  chartOf,
  type ClusterEstate,
  type EstateObject,
  isHelmRelease,
  mapIn,
  releaseNameOf,
  releaseNamespaceOf,
  releaseValuesOf,
  textIn,
} from '../../estate';
import type { SchemaRegistry } from '../../schema/types';
import { archive } from '../mirror/archive';
import type { LabPlan } from '../plan';
import { standInChart, type StandInRelease } from './chart';

export { standInOperator, type OperatedKind, operatedKinds } from './operator';

/** A chart that the lab serves in the place of the real one. */
export interface StandIn {
  readonly chart: string;
  readonly version: string;
  /** What the real chart installs and nothing stands for, e.g. `ValidatingWebhookConfiguration x`. */
  readonly leftOut: readonly string[];
}

/**
 * Has the lab's mirror serve a stand-in for every chart that a cluster installs and that is known. A real `.tgz` in
 * the lab's folder `charts` goes first.
 */
export async function putStandIns(
  plan: LabPlan,
  cluster: ClusterEstate,
  registry: SchemaRegistry,
): Promise<StandIn[]> {
  const folder = join(plan.folder, 'stand-in-charts');
  mkdirSync(folder, { recursive: true });
  const made: StandIn[] = [];
  for (const [key, releases] of releasesByChart(cluster)) {
    const [name = '', version = ''] = key.split(' ');
    const knowledge = registry.chart(name, version);
    if (!knowledge) continue;
    const served = exact(version, knowledge.version);
    const { files, leftOut } = standInChart(knowledge, served, releases, registry);
    writeFileSync(join(folder, `${name}-${served}.tgz`), gzipSync(await archive(files)));
    made.push({ chart: name, version: served, leftOut });
  }
  return made;
}

/** Releases of charts that lie in the repository itself need no stand-in. */
function releasesByChart({ objects }: ClusterEstate): Map<string, StandInRelease[]> {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const found = new Map<string, StandInRelease[]>();
  for (const object of objects.filter(isHelmRelease).filter((release) => !isOwn(release))) {
    const chart = chartOf(object, (id) => byId.get(id));
    if (chart) append(found, `${chart.name} ${chart.version}`, releaseOf(object));
  }
  return found;
}

function isOwn({ body }: EstateObject): boolean {
  return textIn(mapIn(body, 'spec', 'chart', 'spec', 'sourceRef'), 'kind') === 'GitRepository';
}

function releaseOf(object: EstateObject): StandInRelease {
  return {
    name: releaseNameOf(object),
    namespace: releaseNamespaceOf(object),
    values: releaseValuesOf(object),
  };
}

/** A range is met by the version that is known. */
function exact(asked: string, known: string): string {
  return /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(asked) ? asked : known;
}
