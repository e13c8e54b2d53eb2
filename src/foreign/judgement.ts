import type { Rule } from '../check';
import { append, coreGroups, type Finding, groupOf, type JsonObject, type Severity } from '../estate';
import { valueAt } from '../why';
import { isUnknown } from './flux/substitute';
import { inYaml } from './words';

/** What the findings are about, as far as it says how sure they can be. */
export interface Evidence {
  readonly isFlux: boolean;
  /** Clusters that hold more than anybody could look at. */
  readonly unseen: ReadonlySet<string>;
  /** Where nothing leads: what applies it, if anything, may change it as well. */
  readonly unused: ReadonlySet<string>;
  /** The body of an object. */
  readonly bodyOf: (cluster: string, id: string) => JsonObject | undefined;
  /** Whether the repository itself says what a kind looks like. */
  readonly bringsCrd: (group: string, kind: string) => boolean;
}

/** Rules about how Fluxwright's own estates are made. */
const ours = new Set(['cluster-name', 'unknown-reference', 'reserved-name']);

/** The rules that apply to YAML that somebody else wrote. */
export function foreignRules(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ id }) => !ours.has(id));
}

/** Good advice, but nothing is broken: each is said once, with a count. */
const advice = new Set([
  'autoscaled',
  'chart-not-pinned',
  'crds-not-upgraded',
  'image-not-pinned',
  'moving-reference',
  'mutable-job',
  'probe-missing',
  'quorum-start',
  'resources-missing',
  'rolling-claim',
  'security-context-missing',
  'service-links',
  'unknown-kind-schema',
  'unused-source',
]);

/** What is missing may be in what nobody has seen. */
const absences = new Set([
  'dangling-reference',
  'headless-service',
  'missing-crd',
  'missing-key',
  'missing-namespace',
  'missing-port',
  'selects-nothing',
]);

/** What depends on the version of a CRD, which may be another one in the cluster. */
const byVersion = new Set(['cel', 'schema', 'unknown-field', 'unserved-version']);

/** Findings as they are true of somebody else's YAML: as sure as one can be, each said once, in YAML's own words. */
export function judged(findings: readonly Finding[], evidence: Evidence): Finding[] {
  const certain = findings.filter((finding) => !restsOnUnknown(finding, evidence));
  const graded = certain.map((finding) =>
    inYaml({ ...finding, severity: ifUsed(severityOf(finding, evidence), finding, evidence) }),
  );
  return [...onceEach(graded.filter((one) => !isAdvice(one))), ...asAdvice(graded.filter(isAdvice))];
}

/** A value that only the cluster knows cannot be wrong here. */
function restsOnUnknown({ cluster = '', object, path, message }: Finding, { bodyOf }: Evidence): boolean {
  if (isUnknown(message)) return true;
  if (!object || path === undefined) return false;
  const value = valueAt(bodyOf(cluster, object.id) ?? {}, path);
  return typeof value === 'string' && isUnknown(value);
}

/** Nothing breaks where nothing is applied. */
export function ifUsed(
  severity: Severity,
  { cluster = '' }: Finding,
  { unused }: Pick<Evidence, 'unused'>,
): Severity {
  return severity === 'error' && unused.has(cluster) ? 'warning' : severity;
}

function severityOf(finding: Finding, { isFlux, unseen, bringsCrd }: Evidence): Severity {
  const { rule, severity, object, message, fix, cluster = '' } = finding;
  if (severity === 'note') return severity;
  if (absences.has(rule)) return unseen.has(cluster) ? 'note' : absence(finding, isFlux);
  // Of another version of the chart it is only a guess, but for what looks like a slip of the pen.
  if (rule === 'unknown-value') return severity === 'error' || fix.startsWith('write ') ? 'warning' : 'note';
  // A newer Kubernetes has more kinds, and more that is on from the start.
  if (rule === 'unknown-kind' || rule === 'server-setting') return 'warning';
  // Some put the CRDs there before Flux comes.
  if (rule === 'cycle' && message.includes('CustomResourceDefinition')) return 'warning';
  const group = object ? groupOf(object.apiVersion) : '';
  const isSure = coreGroups.has(group) || bringsCrd(group, object?.kind ?? '') || isOfAnyFlux(group, finding);
  const isGuess = byVersion.has(rule) && !isSure;
  return isGuess ? 'warning' : severity;
}

/** Flux may learn new fields and new words, but a field of its keeps its type. */
function isOfAnyFlux(group: string, { rule, message }: Finding): boolean {
  return group.endsWith('.toolkit.fluxcd.io') && rule === 'schema' && / belongs( |$)/.test(message);
}

/** Classes are the cluster's own: storage, ingress, runtimes. So is the operator that brought Flux. */
const ofThePlatform =
  /^(?:Storage|Ingress|Gateway|VolumeSnapshot|Runtime|Priority)Class |^nobody brings the CRD \w+\.fluxcd\.controlplane\.io,/;

/** Whoever applies manifests may have made the rest by hand: Secrets that stay out of Git, CRDs before Flux. */
function absence({ rule, message }: Finding, isFlux: boolean): Severity {
  if (ofThePlatform.test(message)) return 'note';
  if (!isFlux) return rule === 'missing-crd' || rule === 'missing-namespace' ? 'note' : 'warning';
  return rule === 'missing-crd' || message.startsWith('Secret ') ? 'warning' : 'error';
}

function isAdvice({ rule, severity }: Finding): boolean {
  return advice.has(rule) || severity === 'note';
}

/** One line that makes many objects, and one thing that many miss, is one thing to mend. */
export function onceEach(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) append(groups, sameness(finding), finding);
  return [...groups.values()].map(([first, ...others]) =>
    others.length === 0 ? (first as Finding) : withMore(first as Finding, others.length),
  );
}

function sameness({ rule, message, path, origin, object }: Finding): string {
  if (rule === 'dangling-reference') return JSON.stringify([rule, message]);
  const [frame] = origin?.frames ?? [];
  const what = object ? message.replaceAll(object.name, '…') : message;
  return JSON.stringify([rule, path, frame?.file, frame?.line, what]);
}

function withMore(finding: Finding, count: number): Finding {
  const what = finding.object ? 'object' : 'folder';
  const objects = count === 1 ? `one more ${what}` : `${count} more ${what}s`;
  const how =
    finding.rule === 'dangling-reference' || !finding.object
      ? `${objects} need it`
      : `in ${objects} from the same lines`;
  return {
    ...finding,
    message: `${finding.message} (and ${count === 1 ? how.replace(' need ', ' needs ') : how})`,
  };
}

/** One note for each rule: where it is first, and how often. */
function asAdvice(findings: readonly Finding[]): Finding[] {
  const rules = new Map<string, Finding[]>();
  for (const finding of onceEach(findings)) append(rules, finding.rule, finding);
  return [...rules.values()].map(([first, ...others]) => {
    const more = others.length === 0 ? '' : `; ${others.length} more like it`;
    return { ...(first as Finding), severity: 'note', message: `${first?.message}${more}` };
  });
}
