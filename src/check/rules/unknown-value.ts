import { unknownValues } from '../../schema/unknown-values';
import { formatPath } from '../../schema/validate/violation';
import { releasesOf } from '../facts/releases';
import { isSure } from '../facts/sure-of-chart';
import type { Rule } from '../rule';

export const unknownValue: Rule = {
  id: 'unknown-value',
  title: 'Every Helm value is one that the chart reads.',
  severity: 'error',
  why: 'Helm ignores a value that no template reads: the release is installed without what was meant, and nothing says so.',
  bad: `new HelmRelease(this, 'operator', {
  chart: charts.strimzi,
  values: { watchAnyNamespce: true },
});`,
  good: `new HelmRelease(this, 'operator', {
  chart: charts.strimzi,
  values: { watchAnyNamespace: true },
});`,
  *check(scope) {
    for (const { object, known, chart, values } of releasesOf(scope)) {
      if (!known || !chart) continue;
      const sure = !known.guessed && isSure({ known, chart });
      for (const { path, suggestion } of unknownValues(known, values)) {
        const message = `the chart ${known.name} ${known.version} reads no value ${formatPath(path)}`;
        const fix =
          suggestion === undefined
            ? 'remove it, or look for its name in the values of the chart'
            : `write ${suggestion}`;
        yield {
          object,
          path: formatPath(['spec', 'values', ...path]),
          message,
          fix,
          severity: sure ? 'error' : 'warning',
        };
      }
    }
  },
};
