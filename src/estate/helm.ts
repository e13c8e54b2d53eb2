import { mapIn, textIn, valueIn } from './fields';
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

/** Whether a release, or a Kustomization, goes to another cluster than the one that it is in. */
export function isForAnother({ body }: Pick<EstateObject, 'body'>): boolean {
  return valueIn(body, 'spec', 'kubeConfig') !== undefined;
}

/** The name that Helm knows a release by. */
export function releaseNameOf(release: EstateObject): string {
  const target = textIn(release.body, 'spec', 'targetNamespace');
  const usual = target === undefined ? release.name : `${target}-${release.name}`;
  return textIn(release.body, 'spec', 'releaseName') ?? usual;
}

/** The namespace that a release's objects go to. */
export function releaseNamespaceOf(release: EstateObject): string {
  return textIn(release.body, 'spec', 'targetNamespace') ?? release.namespace ?? '';
}

/** The values that a release is given in its own manifest. */
export function releaseValuesOf(release: EstateObject): JsonObject {
  return mapIn(release.body, 'spec', 'values');
}

/** Name and version of a release's chart; `find` gets its OCIRepository or HelmChart. */
export function chartOf(
  release: EstateObject,
  find: (id: ObjectId) => EstateObject | undefined,
): ChartOfRelease | undefined {
  const chart = mapIn(release.body, 'spec', 'chart', 'spec');
  if (textIn(chart, 'chart') !== undefined) return chartOfSource(chart);
  const [kind = '', name = '', namespace = release.namespace] = ['kind', 'name', 'namespace'].map((field) =>
    textIn(release.body, 'spec', 'chartRef', field),
  );
  const source = find(objectId('source.toolkit.fluxcd.io/v1', kind, namespace, name));
  return source && chartOfSource(mapIn(source.body, 'spec'));
}

function chartOfSource(spec: JsonObject): ChartOfRelease | undefined {
  const [chart, url] = [textIn(spec, 'chart'), textIn(spec, 'url')];
  if (chart !== undefined) return { name: lastSegment(chart), version: textIn(spec, 'version') ?? '' };
  if (url === undefined) return undefined;
  const [tag, semver, digest] = ['tag', 'semver', 'digest'].map((field) => textIn(spec, 'ref', field));
  return {
    name: lastSegment(url),
    version: tag ?? semver ?? '',
    ...(digest === undefined ? {} : { digest }),
  };
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
