import type { Json, JsonObject } from '../estate';
import { isObject } from './compact';
import type { ChartKnowledge, ProvidedObject } from './types';

/** Helm cuts names at 63 characters; charts whose objects get long suffixes cut theirs earlier. */
const LENGTHS: { readonly [chart: string]: number } = { 'kube-prometheus-stack': 26 };
const LENGTH = 63;

/** Charts that have a value of their own for what `fullnameOverride` is elsewhere. */
const OWN_OVERRIDES: { readonly [chart: string]: readonly string[] } = { consul: ['global', 'name'] };

/**
 * What one release of a chart installs by default, under the names that it gets there: Helm's usual rule is
 * `<release>-<chart>`, only `<release>` where that contains the chart's name, or what `fullnameOverride` or
 * `nameOverride` say. Empty where nobody has looked into the chart.
 */
export function providedBy(
  knowledge: ChartKnowledge,
  releaseName: string,
  namespace: string,
  values: JsonObject = {},
): ProvidedObject[] {
  const target = text(values['namespaceOverride']) ?? namespace;
  const fill = (name: string): string =>
    name
      .replaceAll(/\{fullname:([^}]+)\}/g, (_, chart: string) =>
        fullname(chart, releaseName, knowledge, values),
      )
      .replaceAll('{release}', releaseName)
      .replaceAll('{namespace}', target);
  return (knowledge.objects ?? []).map((object) => ({
    ...object,
    name: fill(object.name),
    ...(object.namespace !== undefined && { namespace: fill(object.namespace) }),
  }));
}

/** The name that Helm's usual template makes for the objects of a chart or of one of its subcharts. */
function fullname(chart: string, release: string, { name }: ChartKnowledge, values: JsonObject): string {
  const own = chart === name ? values : values[chart];
  const options = isObject(own) ? own : {};
  const override =
    text(at(values, chart === name ? OWN_OVERRIDES[chart] : undefined)) ?? text(options['fullnameOverride']);
  if (override !== undefined) return cut(override, chart);
  const part = text(options['nameOverride']) ?? chart;
  return cut(release.includes(part) ? release : `${release}-${part}`, chart);
}

function cut(name: string, chart: string): string {
  return name.slice(0, LENGTHS[chart] ?? LENGTH).replace(/-$/, '');
}

function at(values: JsonObject, path: readonly string[] | undefined): Json | undefined {
  return path?.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), values);
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
