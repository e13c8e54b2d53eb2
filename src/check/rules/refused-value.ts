import { type Json, type JsonObject, listIn, mapIn, valueIn } from '../../estate';
import { isObject } from '../../schema/compact';
import { schemaProblems, type SchemaProblem } from '../../schema/json-schema';
import { unknownValues } from '../../schema/unknown-values';
import { formatPath } from '../../schema/validate/violation';
import { type Release, releasesOf } from '../facts/releases';
import { isSure } from '../facts/sure-of-chart';
import type { Rule } from '../rule';

export const refusedValue: Rule = {
  id: 'refused-value',
  title: "Every Helm value is what the chart's own schema allows.",
  severity: 'error',
  why: 'Helm judges the values by the `values.schema.json` of the chart before it installs anything: the release fails, and everything that needs it waits.',
  bad: `new HelmRelease(this, 'cert-manager', {
  chart: certManager,
  values: { crds: { enabled: 'yes' } },
});`,
  good: `new HelmRelease(this, 'cert-manager', {
  chart: certManager,
  values: { crds: { enabled: true } },
});`,
  *check(scope) {
    for (const release of releasesOf(scope)) {
      if (!release.known?.judged || asksForNoJudgement(release)) continue;
      const { name, version } = release.known;
      for (const { path, message, fix } of problemsOf(release)) {
        const field = formatPath(['spec', 'values', ...path]);
        const said = `${message}: the schema of the chart ${name} ${version} refuses it`;
        const severity = isSure(release) ? 'error' : 'warning';
        yield { object: release.object, path: field, message: said, fix, severity };
      }
    }
  },
};

function asksForNoJudgement({ object }: Release): boolean {
  return ['install', 'upgrade'].some(
    (action) => mapIn(object.body, 'spec', action)['disableSchemaValidation'] === true,
  );
}

/** What is refused, and is not said already to be unknown. */
function problemsOf({ object, known, values }: Release): readonly SchemaProblem[] {
  const { schema, defaults } = known!.judged!;
  const more = listIn(object.body, 'spec', 'valuesFrom').length > 0;
  const unknown = new Set(unknownValues(known!, values).map(({ path }) => formatPath(path)));
  return schemaProblems(schema, laidOver(defaults, values)).filter(({ path, isMissing }) => {
    if (more && (isMissing || valueIn(values, ...path) === undefined)) return false;
    return !unknown.has(formatPath(path)) && !isFilledLater(valueIn(values, ...path));
  });
}

/** Values over defaults, as Helm lays them: maps join, null takes away. */
function laidOver(defaults: JsonObject, values: JsonObject): JsonObject {
  const joined: Record<string, Json> = { ...defaults };
  for (const [key, value] of Object.entries(values)) {
    const below = joined[key];
    if (value === null) delete joined[key];
    else joined[key] = isObject(value) && isObject(below) ? laidOver(below, value) : value;
  }
  return joined;
}

/** Flux replaces `${…}` before Helm sees it. */
function isFilledLater(value: Json | undefined): boolean {
  return typeof value === 'string' && value.includes('${');
}
