import type { ClusterEstate, Estate, EstateObject, Finding, Severity } from '../estate';
import { annotationsOf, append, kindOf } from '../estate';
import { ignorePrefix } from '../construct/ignore';
import type { SchemaRegistry } from '../schema/types';
import type { Ordered } from '../units';
import type { Comparison } from './comparison';
import type { CheckScope, Rule, Violation } from './rule';

/** What a project says of the rules. */
export interface RuleSettings {
  /**
   * How bad a rule's findings are, or `off`; by the rule's id. Say why in a comment beside it.
   *
   * @default - what each rule says itself
   */
  readonly severity?: { readonly [rule: string]: Severity | 'off' };
  /**
   * Rules of the project's own.
   *
   * @default - none
   */
  readonly add?: readonly Rule[];
}

/** What the rules look at. */
export interface CheckInput {
  readonly clusters: readonly Ordered[];
  readonly registry: SchemaRegistry;
  readonly rules: readonly Rule[];
  readonly settings: RuleSettings;
  /** What has changed in a cluster, by its name. */
  readonly comparisons: ReadonlyMap<string, Comparison>;
}

/** Apply every rule to every cluster, and put the findings in order. */
export function check(input: CheckInput): Finding[] {
  const estate: Estate = { clusters: input.clusters.map(({ cluster }) => cluster) };
  const rules = [...input.rules, ...(input.settings.add ?? [])];
  const findings = input.clusters.flatMap((ordered) => {
    const scope = scopeOf(ordered, estate, input);
    return rules.flatMap((rule) => findingsOf(rule, scope, input.settings));
  });
  return sortFindings(findings);
}

/** Errors first, then by rule, cluster and object: the same estate gives the same list. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const rank: { readonly [severity in Severity]: number } = { error: 0, warning: 1, note: 2 };
  const key = (finding: Finding): string =>
    [
      rank[finding.severity],
      finding.rule,
      finding.cluster,
      finding.object?.id,
      finding.path,
      finding.message,
    ].join('\u0000');
  const keyed = findings.map((finding) => ({ finding, key: key(finding) }));
  return keyed.sort((left, right) => (left.key < right.key ? -1 : 1)).map(({ finding }) => finding);
}

function findingsOf(rule: Rule, scope: CheckScope, settings: RuleSettings): Finding[] {
  const set = settings.severity?.[rule.id];
  if (set === 'off') return [];
  const violations = Array.from(rule.check(scope)).filter(
    ({ object }) => !object || !isIgnored(rule, object),
  );
  return violations.map((violation) => finding(rule, violation, scope.cluster, set));
}

function isIgnored(rule: Rule, object: EstateObject): boolean {
  return (annotationsOf(object.body)[ignorePrefix + rule.id] ?? '').trim() !== '';
}

function finding(
  rule: Rule,
  violation: Violation,
  { info }: ClusterEstate,
  set: Severity | undefined,
): Finding {
  const { object, path, message, fix } = violation;
  const usual = typeof rule.severity === 'string' ? rule.severity : rule.severity[info.profile];
  const origin = violation.origin ?? object?.origin;
  return {
    rule: rule.id,
    severity: set ?? violation.severity ?? usual,
    message,
    fix,
    cluster: info.name,
    ...(object === undefined ? {} : { object: reference(object) }),
    ...(path === undefined ? {} : { path }),
    ...(origin === undefined ? {} : { origin }),
  };
}

function reference({ id, apiVersion, kind, namespace, name }: EstateObject): NonNullable<Finding['object']> {
  return { id, apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function scopeOf(
  { cluster, cycles }: Ordered,
  estate: Estate,
  { registry, comparisons }: CheckInput,
): CheckScope {
  const byKind = new Map<string, EstateObject[]>();
  const byId = new Map<string, EstateObject>();
  const units = new Map<EstateObject, string>();
  for (const object of cluster.objects) {
    append(byKind, kindOf(object), object);
    byId.set(object.id, object);
  }
  for (const unit of cluster.units) for (const object of unit.objects) units.set(object, unit.name);
  const comparison = comparisons.get(cluster.info.name);
  return {
    cluster,
    estate,
    registry,
    cycles,
    of: (kind) => byKind.get(kind) ?? [],
    find: (id) => byId.get(id),
    unitOf: (object) => units.get(object),
    ...(comparison === undefined ? {} : { comparison }),
  };
}
