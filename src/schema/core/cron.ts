import type { Json, JsonObject } from '../../estate';
import { parseDuration } from '../validate/formats';
import { show, type Run } from '../validate/violation';
import { isSet, object } from './field-rules';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly name: string;
  readonly lowest: number;
  readonly highest: number;
  /** Names that stand for numbers, from the lowest on. */
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', lowest: 0, highest: 59 },
  { name: 'hour', lowest: 0, highest: 23 },
  { name: 'day of the month', lowest: 1, highest: 31 },
  { name: 'month', lowest: 1, highest: 12, names: months },
  { name: 'day of the week', lowest: 0, highest: 6, names: days },
];

/** Judges when a CronJob runs. */
export function checkCronJob(body: JsonObject, run: Run): void {
  const { schedule, timeZone } = object(body['spec']);
  const problem = typeof schedule === 'string' && schedule !== '' ? checkSchedule(schedule) : undefined;
  if (problem) run.report('core', `the schedule ${problem}`, 'write e.g. */5 * * * *', 'spec', 'schedule');
  if (!isSet(timeZone) || isTimeZone(timeZone!)) return;
  run.report(
    'core',
    `there is no time zone ${show(timeZone)}`,
    'write e.g. Europe/Berlin',
    'spec',
    'timeZone',
  );
}

/** Zones are files for the server, so their names count by the letter; `Local` would depend on the server. */
function isTimeZone(name: Json): boolean {
  if (typeof name !== 'string' || name === '' || name.toLowerCase() === 'local') return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** Says what is wrong with the schedule of a CronJob, or undefined where nothing is. */
function checkSchedule(schedule: string): string | undefined {
  if (/TZ/.test(schedule)) return 'must not name a time zone: use timeZone';
  if (schedule.startsWith('@')) return checkDescriptor(schedule);
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== 5) return `has ${parts.length} fields of 5`;
  for (const [index, part] of parts.entries()) {
    const field = fields[index]!;
    if (!part.split(',').every((item) => item === '' || isItem(item, field)))
      return `has ${part} as the ${field.name}`;
  }
  return undefined;
}

function checkDescriptor(schedule: string): string | undefined {
  if (/^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule)) return undefined;
  const interval = /^@every (.*)$/.exec(schedule)?.[1];
  return interval !== undefined && parseDuration(interval) !== undefined
    ? undefined
    : 'is none that starts with @';
}

/** `*`, `5`, `1-3`, `MON-FRI`, each with `/2` after it. */
function isItem(item: string, field: Field): boolean {
  const [range = '', step, ...more] = item.split('/');
  if (more.length > 0 || (step !== undefined && !(Number(step) > 0 && /^\d+$/.test(step)))) return false;
  if (/^[*?](?:-|$)/.test(range)) return true;
  const [from, to, ...rest] = range.split('-').map((text) => numberOf(text, field));
  if (rest.length > 0 || from === undefined || from < field.lowest || from > field.highest) return false;
  return !range.includes('-') || (to !== undefined && to >= from && to <= field.highest);
}

function numberOf(text: string, field: Field): number | undefined {
  if (/^\+?\d+$/.test(text)) return Number(text);
  const place = field.names?.indexOf(text.toLowerCase()) ?? -1;
  return place < 0 ? undefined : place + field.lowest;
}
