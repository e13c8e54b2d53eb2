import { kindOf, objectId } from './identity';
import type { EstateObject, JsonObject, ObjectId } from './types';

/** Which chart a release installs. */
export interface ChartOfRelease {
  readonly name: string;
  /** As written: an exact version, a range, or empty where none is said. */
  readonly version: string;
  readonly digest?: string;
}

/** Whether an object is a HelmRelease of Flux. */
export function isHelmRelease(object: Pick<EstateObject, 'apiVersion' | 'kind'>): boolean {
  return kindOf(object) === 'helm.toolkit.fluxcd.io/HelmRelease';
}

/** The name that Helm knows a release by. */
export function releaseNameOf(release: EstateObject): string {
  const { releaseName, targetNamespace } = specOf(release) as {
    releaseName?: string;
    targetNamespace?: string;
  };
  return releaseName ?? (targetNamespace === undefined ? release.name : `${targetNamespace}-${release.name}`);
}

/** The namespace that a release's objects go to. */
export function releaseNamespaceOf(release: EstateObject): string {
  return (specOf(release)['targetNamespace'] as string | undefined) ?? release.namespace ?? '';
}

/** The values that a release is given in its own manifest. */
export function releaseValuesOf(release: EstateObject): JsonObject {
  return (specOf(release)['values'] ?? {}) as JsonObject;
}

/** Name and version of a release's chart; `find` gets its OCIRepository or HelmChart. */
export function chartOf(
  release: EstateObject,
  find: (id: ObjectId) => EstateObject | undefined,
): ChartOfRelease | undefined {
  const { chart, chartRef } = specOf(release) as {
    chart?: { spec?: { chart?: string; version?: string } };
    chartRef?: { kind?: string; name?: string; namespace?: string };
  };
  if (typeof chart?.spec?.chart === 'string')
    return { name: lastSegment(chart.spec.chart), version: chart.spec.version ?? '' };
  const { kind = '', name = '', namespace = release.namespace } = chartRef ?? {};
  const source = find(objectId('source.toolkit.fluxcd.io/v1', kind, namespace, name));
  return source && chartOfSource(specOf(source));
}

function chartOfSource(spec: JsonObject): ChartOfRelease | undefined {
  const { url, ref, chart, version } = spec as {
    url?: string;
    ref?: { [key: string]: string };
    chart?: string;
    version?: string;
  };
  if (typeof chart === 'string') return { name: lastSegment(chart), version: version ?? '' };
  if (typeof url !== 'string') return undefined;
  const digest = ref?.['digest'];
  return {
    name: lastSegment(url),
    version: ref?.['tag'] ?? ref?.['semver'] ?? '',
    ...(digest === undefined ? {} : { digest }),
  };
}

function specOf(object: EstateObject): JsonObject {
  return (object.body['spec'] ?? {}) as JsonObject;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
