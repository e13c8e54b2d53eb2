import { defaults, fluxNamespace, rootUnit } from '../construct/defaults';
import type { ClusterInfo, EstateObject, JsonObject, Unit } from '../estate';
import { identityOf, isHelmRelease, kindOf } from '../estate';
import { healthExpressions } from './tables';

/** The Flux Kustomization of a unit. `awaited` says whether other units depend on it. */
export function kustomization(unit: Unit, info: ClusterInfo, awaited: boolean): EstateObject {
  const [apiVersion, kind] = ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'];
  const body = {
    apiVersion,
    kind,
    metadata: { name: unit.name, namespace: fluxNamespace },
    spec: spec(unit, info, awaited),
  };
  const origin = unit.objects[0]?.origin ?? { construct: unit.name, frames: [] };
  return Object.assign(identityOf(body), { origin, chart: rootUnit });
}

function spec(unit: Unit, info: ClusterInfo, awaited: boolean): JsonObject {
  const { interval, retryInterval } = defaults.kustomization;
  const { kind, name } = info.source;
  const encrypted = unit.objects.some(({ verbatim }) => verbatim !== undefined);
  const checked = awaited ? unit.healthChecks : unit.objects;
  return {
    interval,
    retryInterval,
    timeout: timeoutOf(checked),
    path: `${info.source.path === '.' ? '.' : info.source.path}/${unit.name}`,
    prune: unit.prune,
    sourceRef: { kind, name },
    wait: !awaited,
    ...(unit.dependsOn.length > 0 ? { dependsOn: unit.dependsOn.map(dependency) } : {}),
    ...(awaited && unit.healthChecks.length > 0 ? { healthChecks: unit.healthChecks.map(healthCheck) } : {}),
    ...expressionsFor(checked),
    ...(encrypted && info.decryptionSecret !== undefined
      ? { decryption: { provider: 'sops', secretRef: { name: info.decryptionSecret } } }
      : {}),
  };
}

/**
 * The one form of a dependency. A plain one would hold back every change of this unit for as long as the other
 * one is sick or suspended; this one orders the first installation, and nothing after it.
 */
function dependency(name: string): JsonObject {
  return { name, readyExpr: `${appliedOnce('self')} || ${appliedOnce('dep')}` };
}

function appliedOnce(who: 'self' | 'dep'): string {
  return `(has(${who}.status.lastAppliedRevision) && ${who}.status.lastAppliedRevision != '')`;
}

function healthCheck({ apiVersion, kind, name, namespace }: EstateObject): JsonObject {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function expressionsFor(objects: readonly EstateObject[]): JsonObject {
  const found = new Map<string, JsonObject>();
  for (const object of objects) {
    const expression = healthExpressions[kindOf(object)];
    if (expression)
      found.set(`${object.apiVersion} ${object.kind}`, {
        apiVersion: object.apiVersion,
        kind: object.kind,
        ...expression,
      });
  }
  const list = [...found.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, expression]) => expression);
  return list.length > 0 ? { healthCheckExprs: list } : {};
}

/** A Kustomization has to be more patient than the releases that it waits for. */
function timeoutOf(objects: readonly EstateObject[]): string {
  const releases = objects.filter(isHelmRelease);
  const minutes = releases.map((release) =>
    minutesOf((release.body['spec'] as JsonObject | undefined)?.['timeout']),
  );
  return `${Math.max(minutesOf(defaults.kustomization.timeout), ...minutes.map((own) => own + 1))}m`;
}

/** Go's durations, rounded up to minutes. */
function minutesOf(duration: unknown): number {
  if (typeof duration !== 'string') return 5;
  const parts = Array.from(duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g));
  return Math.ceil(
    parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (inMinutes[unit as string] ?? 0), 0),
  );
}

const inMinutes: { readonly [unit: string]: number } = { h: 60, m: 1, s: 1 / 60, ms: 1 / 60_000 };
