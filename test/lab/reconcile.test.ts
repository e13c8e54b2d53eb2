import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import {
  type ClusterEstate,
  describe as called,
  type Edge,
  type EstateObject,
  type Unit,
} from '../../src/estate';
import { conditionOf, startLab, type Lab, type LiveObject } from '../../src/lab';
import { operatedKinds, putStandIns, standInOperator, type StandIn } from '../../src/lab/stand-in';
import { compileEstate } from './estate';
import { labName } from './names';
import { prove, table } from './proof';

const MINUTES = 60_000;
const OPERATOR_SECONDS = 3;
const ROOT = 'flux-system';
const DIST = join(__dirname, '../../dist');
const { estate, registry } = compileEstate();
const proof: string[] = [];
let lab: Lab | undefined;
let stopOperator = (): void => {};

afterEach(async () => {
  stopOperator();
  await lab?.down();
}, MINUTES);

afterAll(() => prove('order', ['## Every unit gets Ready, in order\n', ...proof]));

/** When something first held, in milliseconds as the server tells them: whole seconds. */
type Times = ReadonlyMap<string, number>;

test.each(estate.clusters.map((cluster): [string, ClusterEstate] => [cluster.info.name, cluster]))(
  'cluster %s goes Ready through Flux from the addresses in dist, and nothing is made before what it needs is ready',
  async (name, cluster) => {
    lab = await startLab({ name: labName(name.slice(0, 8)), nodes: 0, kwok: 3 });
    const standIns = await putStandIns(lab.plan, cluster, registry);
    const brought = await lab.bringExternals(cluster.info.externals);
    stopOperator = standInOperator(lab.client, operatedKinds(cluster, registry), OPERATOR_SECONDS);
    const revision = await lab.publish(DIST);
    const start = Math.floor(Date.now() / 1000) * 1000;
    await lab.follow(name);
    await lab.waitReady({ seconds: 360, revision });
    const ready = await readyTimes(lab);
    expect([...ready.keys()].toSorted()).toEqual(cluster.units.map((unit) => unit.name).toSorted());
    const judged = await judgeOrder(lab, cluster, ready);
    expect(judged.violations).toEqual([]);
    proof.push(...page(cluster, { start, ready, standIns, brought, edges: judged.edges }));
  },
  10 * MINUTES,
);

async function readyTimes({ client }: Lab): Promise<Times> {
  const units = await client.list('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations');
  return new Map(units.map((unit) => [unit.metadata.name, readySince(unit)]));
}

function readySince(unit: LiveObject): number {
  const ready = conditionOf(unit, 'Ready');
  return ready?.status === 'True' ? Date.parse(ready.lastTransitionTime ?? '') : NaN;
}

/** An edge that crosses units: the object may only be made once the other unit was ready. */
interface Crossing {
  readonly edge: Edge;
  readonly from: EstateObject;
  readonly unit: Unit;
  readonly on: Unit;
}

function crossings({ edges, units }: ClusterEstate): Crossing[] {
  const places = new Map(
    units.flatMap((unit) => unit.objects.map((object) => [object.id, { unit, object }] as const)),
  );
  return edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to || from.unit === to.unit) return [];
    return [{ edge, from: from.object, unit: from.unit, on: to.unit }];
  });
}

/**
 * Inside a ring of units that only talk to each other nobody can be first, so those edges order nothing. Nor do those
 * to the root: it brings its sources and the units themselves in one go.
 */
function isOrdering({ edge, unit, on }: Crossing): boolean {
  return on.name !== ROOT && (edge.strength !== 'runtime' || unit.dependsOn.includes(on.name));
}

async function judgeOrder(
  { client }: Lab,
  cluster: ClusterEstate,
  ready: Times,
): Promise<{ readonly violations: readonly string[]; readonly edges: number }> {
  const ordering = crossings(cluster).filter(isOrdering);
  const violations: string[] = [];
  for (const { edge, from, on } of ordering) {
    const made = await madeAt(client, from);
    const isLater = made >= ready.get(on.name)!;
    if (!isLater) violations.push(`${called(from)} was made before ${on.name} was ready: ${edge.why}`);
  }
  return { violations, edges: ordering.length };
}

async function madeAt(client: Lab['client'], object: EstateObject): Promise<number> {
  const found = await client.find(await client.pathOf(object.body));
  return Date.parse(String(found?.metadata['creationTimestamp' as 'name']));
}

interface Observed {
  readonly start: number;
  readonly ready: Times;
  readonly standIns: readonly StandIn[];
  readonly brought: readonly string[];
  readonly edges: number;
}

function page(
  { info, units }: ClusterEstate,
  { start, ready, standIns, brought, edges }: Observed,
): string[] {
  const seconds = (unit: string): number => ((ready.get(unit) ?? start) - start) / 1000;
  const order = units.toSorted((a, b) => seconds(a.name) - seconds(b.name) || (a.name < b.name ? -1 : 1));
  const rows = order.map(({ name, objects, dependsOn }) => [
    name,
    objects.length,
    dependsOn.join(', '),
    seconds(name),
  ]);
  return [
    `### Cluster \`${info.name}\`\n`,
    `On pretended nodes. All ${edges} derived edges between units held: nothing was made before the unit that it needs was ready.\n`,
    ...table(['unit', 'objects', 'after', 'ready after (s)'], rows),
    '',
    ...standIns.map(
      ({ chart, version, leftOut }) =>
        `- Chart ${chart} ${version} was stood in for: its CRDs, its objects, a check of values; left out: ${leftOut.join(', ') || 'nothing'}.`,
    ),
    ...brought.map((object) => `- ${object} was brought by the lab, as the estate declares it.`),
    '',
  ];
}
