import { COLLECTION_STYLE, EVENT_ID } from 'js-yaml';
import type { Json, JsonObject } from '../estate';
import { toYaml } from './emit';
import type { YamlDocument } from './load';
import { eventsOf, locate, skip } from './position';

/**
 * Documents with every `List` replaced by what it holds, as `kubectl get -o yaml` writes lists and `kubectl
 * apply` reads them. Each item keeps its own text and line.
 */
export function expandLists(documents: readonly YamlDocument[]): YamlDocument[] {
  return documents.flatMap((document) => {
    const items = itemsOf(document.body);
    return items === undefined ? document : itemDocuments(document, items);
  });
}

/** A list of a kind (`ConfigMapList`) says it once for all its items. */
function itemsOf(list: JsonObject): JsonObject[] | undefined {
  const { kind, apiVersion, items } = list as { [key: string]: Json | undefined };
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return undefined;
  const type =
    kind === 'List' || typeof apiVersion !== 'string' ? {} : { apiVersion, kind: kind.slice(0, -4) };
  return (items as JsonObject[]).map((item) => ({ ...type, ...item }));
}

function itemDocuments(document: YamlDocument, bodies: readonly JsonObject[]): YamlDocument[] {
  const { text } = document;
  const events = eventsOf(text);
  let at = locate(text, events, 'items').index + 1;
  return bodies.map((body) => {
    const event = events[at];
    at = skip(events, at);
    const start = event?.type === EVENT_ID.MAPPING ? event.start : 0;
    const isBlock = event?.type === EVENT_ID.MAPPING && event.style === COLLECTION_STYLE.BLOCK;
    return {
      body,
      line: document.line + linesBefore(text, start),
      text: isBlock ? blockText(text, start) : toYaml(body),
    };
  });
}

function linesBefore(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

/** The lines of one item of a block list, moved to the left. */
function blockText(text: string, offset: number): string {
  const margin = offset - text.lastIndexOf('\n', offset - 1) - 1;
  const lines = [' '.repeat(margin) + text.slice(offset, lineEnd(text, offset))];
  for (let start = lineEnd(text, offset) + 1; start < text.length; start = lineEnd(text, start) + 1) {
    const line = text.slice(start, lineEnd(text, start));
    if (line.trim() !== '' && line.search(/\S/) < margin) break;
    lines.push(line);
  }
  return `${lines
    .map((line) => line.slice(margin))
    .join('\n')
    .trimEnd()}\n`;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
