import { fluxNamespace, namespacesUnit, rootUnit } from '../../construct/defaults';
import { type EstateObject, groupOf, kindOf, type Unit } from '../../estate';
import type { Rule, Violation } from '../rule';

export const reservedName: Rule = {
  id: 'reserved-name',
  title: 'No chart has a name that Fluxwright gives to a unit of its own.',
  severity: 'error',
  why: `The units ${rootUnit}, ${namespacesUnit} and <chart>-custom are made for every cluster. A chart of that name would mix its objects with theirs: they would be applied at the wrong time, or never be pruned.`,
  bad: `new FluxChart(cluster, 'kafka');        // with custom resources: they go to kafka-custom
new FluxChart(cluster, 'kafka-custom');`,
  good: `new FluxChart(cluster, 'kafka');
new FluxChart(cluster, 'kafka-topics');`,
  *check({ cluster }) {
    for (const unit of cluster.units) {
      if (unit.name === rootUnit) yield* strangers(unit, isFluxs, 'sources and Kustomizations');
      else if (unit.name === namespacesUnit) yield* strangers(unit, isNamespace, 'Namespaces');
      else yield* twoCharts(unit);
    }
  },
};

function isFluxs(object: EstateObject): boolean {
  return groupOf(object.apiVersion).endsWith('.toolkit.fluxcd.io') || object.namespace === fluxNamespace;
}

function isNamespace(object: EstateObject): boolean {
  return kindOf(object) === 'Namespace';
}

function* strangers(
  unit: Unit,
  belongs: (object: EstateObject) => boolean,
  what: string,
): Iterable<Violation> {
  const object = unit.objects.find((one) => !belongs(one));
  if (!object) return;
  const message = `${unit.name} is the name of the unit for the cluster's ${what}`;
  yield { object, message, fix: `give the chart another name than ${unit.name}` };
}

function* twoCharts(unit: Unit): Iterable<Violation> {
  const [first] = unit.objects;
  const object = unit.objects.find(({ chart }) => chart !== first?.chart);
  if (!object || !first) return;
  const named = object.chart === unit.name ? object : first;
  const other = named === object ? first : object;
  const message = `the chart ${named.chart} has the name of the unit for the custom resources of ${other.chart}`;
  yield { object: named, message, fix: `give the chart ${named.chart} another name` };
}
