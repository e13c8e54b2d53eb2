import { createColors } from 'picocolors';
import type { Colors } from '../report/color';
import { locate } from '../report/locate';
import { findingText } from '../report/text';
import type { Cause, ClusterStatus } from './types';

/** How a cluster is, for people: what is broken with its line, what waits for it, what else is odd. */
export function statusText(status: ClusterStatus, { color }: { readonly color: boolean }): string {
  const paint = createColors(color);
  const causes = status.causes.map((cause) => causeText(cause, paint));
  const warnings = locate(status.warnings).map((finding) => findingText(finding, paint));
  return [...causes, ...warnings, summary(status, paint), ''].join('\n');
}

const MOST_STOPPED = 8;

function causeText({ finding, stops }: Cause, paint: Colors): string {
  const [located = finding] = locate([finding]);
  const shown = stops
    .slice(0, MOST_STOPPED)
    .map(({ object, message }) => `      ${object}  ${paint.dim(message)}`);
  const rest = stops.length - shown.length;
  const more = rest > 0 ? [`      and ${rest} more`] : [];
  const waiting =
    stops.length === 0 ? [] : [`  ${paint.dim('not Ready for its sake')}`, ...shown, ...more, ''];
  return `${findingText(located, paint)}${waiting.join('\n')}`;
}

function summary({ cluster, revision, units, causes, isReady }: ClusterStatus, paint: Colors): string {
  const where = [cluster === undefined ? 'the cluster' : `cluster ${cluster}`, revision && `at ${revision}`];
  const ready =
    units.total === 0 ? 'Flux has nothing to look after' : `${units.ready} of ${units.total} units Ready`;
  const broken = causes.filter(({ finding }) => finding.severity === 'error').length;
  const counts = [
    broken > 0 && `${broken} broken`,
    causes.length > broken && `${causes.length - broken} on their way`,
  ];
  const text = `${where.filter(Boolean).join(' ')}: ${[ready, ...counts.filter(Boolean)].join(', ')}`;
  return paint.bold(isReady ? paint.green(text) : text);
}
