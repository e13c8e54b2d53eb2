import { EVENT_ID, YAMLException, getScalarValue, parseEvents } from 'js-yaml';
import type { Event } from 'js-yaml';

/**
 * The line of a field inside one YAML document, counted from 1. Where the document does not have the field it
 * is the line of the nearest parent.
 *
 * @param path as findings write it: `spec.containers[0].image`, `data.server.json`, `metadata.labels["a.b/c"]`
 */
export function lineOf(text: string, path: string): number {
  return text.slice(0, locate(text, eventsOf(text), path).offset).split('\n').length;
}

/** Where a field is in the text, and the index of the event that its value begins with. */
export interface Place {
  readonly offset: number;
  readonly index: number;
}

/** The place of a field, or of its nearest parent. */
export function locate(text: string, events: readonly Event[], path: string): Place {
  let place: Place = { offset: 0, index: 1 };
  let rest = path;
  for (;;) {
    const step = stepInto(text, events, place.index, rest);
    if (step === undefined) return place;
    place = { offset: step.offset, index: step.value };
    rest = step.rest;
  }
}

/** What is parsed of a document, the document itself first; nothing where it is broken. */
export function eventsOf(text: string): readonly Event[] {
  try {
    return parseEvents(text, {});
  } catch (error) {
    if (error instanceof YAMLException) return [];
    throw error;
  }
}

/** The index behind the node that begins at an index. */
export function skip(events: readonly Event[], index: number): number {
  let depth = 0;
  for (let at = index; at < events.length; at++) {
    const type = events[at]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    if (type === EVENT_ID.POP) depth--;
    if (depth === 0) return at + 1;
  }
  return events.length;
}

interface Step {
  readonly offset: number;
  /** The index of the event that the step leads to. */
  readonly value: number;
  readonly rest: string;
}

function stepInto(text: string, events: readonly Event[], index: number, path: string): Step | undefined {
  const type = events[index]?.type;
  if (path === '') return undefined;
  if (type === EVENT_ID.MAPPING) return stepIntoMap(text, events, index, path);
  return type === EVENT_ID.SEQUENCE ? stepIntoList(events, index, path) : undefined;
}

/** Keys may hold points: the longest key that the path begins with is the one that is meant. */
function stepIntoMap(text: string, events: readonly Event[], index: number, path: string): Step | undefined {
  let found: Step | undefined;
  for (let at = index + 1; events[at]?.type !== EVENT_ID.POP && at < events.length;) {
    const key = events[at] as Event;
    const value = skip(events, at);
    const rest = key.type === EVENT_ID.SCALAR ? restAfter(getScalarValue(text, key), path) : undefined;
    if (
      key.type === EVENT_ID.SCALAR &&
      rest !== undefined &&
      (found === undefined || rest.length < found.rest.length)
    ) {
      found = { offset: key.valueStart, value, rest };
    }
    at = skip(events, value);
  }
  return found;
}

function stepIntoList(events: readonly Event[], index: number, path: string): Step | undefined {
  const match = /^\[(\d+)\]\.?/.exec(path);
  if (!match) return undefined;
  let at = index + 1;
  for (let item = Number(match[1]); item > 0 && events[at]?.type !== EVENT_ID.POP; item--)
    at = skip(events, at);
  const event = events[at];
  if (event === undefined || event.type === EVENT_ID.POP) return undefined;
  return { offset: startOf(event), value: at, rest: path.slice(match[0].length) };
}

function restAfter(key: string, path: string): string | undefined {
  const quoted = `["${key}"]`;
  if (path.startsWith(quoted)) return path.slice(quoted.length).replace(/^\./, '');
  if (!path.startsWith(key)) return undefined;
  const rest = path.slice(key.length);
  return /^(?:$|\[|\.)/.test(rest) ? rest.replace(/^\./, '') : undefined;
}

function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return Math.max(event.valueStart, 0);
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return 'start' in event ? event.start : 0;
}
