import { YAMLException, loadAll } from 'js-yaml';
import type { Json, JsonObject } from '../estate';
import { KUBERNETES_SCHEMA, UnfitNumber } from './dialect';
import { readAsGo } from './indentation';

/** One YAML document of a file. */
export interface YamlDocument {
  readonly body: JsonObject;
  /** The line of the file that `text` begins with, counted from 1. */
  readonly line: number;
  /** The document as it is written, without the markers between documents; lines that YAML wants indented are. */
  readonly text: string;
}

/** Why a file, or a part of it, cannot be read. */
export interface YamlProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What a file holds. Where there are problems, the documents are those that could be read. */
export interface YamlFile {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
}

interface Section {
  readonly line: number;
  readonly text: string;
}

/** Between documents; at the beginning of a line nothing else may look like it. */
const MARKER = /^(?:---|\.\.\.)(?=\s|$)/gm;
const REST_OF_LINE = /[ \t]*(?:#.*)?\r?(?:\n|$)/y;
const BLANK_LINES = /(?:[ \t]*\r?\n)*/y;

const NOT_AN_OBJECT = 'a document must be a map of fields, as every Kubernetes object is';
const KEY_IS_A_MAP = 'a key is a map or a list: {{ … }} of a template stands in no quotes';
const TOO_MANY_VALUES =
  'its anchors expand to more than a million values, or hold themselves: write the values out';

/** Values that anchors may expand to in one document, and how deep: what a few bytes can ask for is without limit. */
const MOST_VALUES = 1_000_000;
const DEEPEST = 1000;

/**
 * Reads a file of YAML documents, or JSON, as Kubernetes does. Documents without content are left out.
 *
 * @param file the file's name, for problems
 */
export function parseDocuments(text: string, file: string): YamlFile {
  const documents: YamlDocument[] = [];
  const problems: YamlProblem[] = [];
  for (const section of sectionsOf(text)) {
    try {
      const { value: body, text: indented } = readAsGo(section.text, bodyOf);
      if (body !== undefined) documents.push({ body, line: section.line, text: indented });
    } catch (error) {
      problems.push({ file, ...problemOf(error, section) });
    }
  }
  return { documents, problems };
}

/** The parts of a file between its markers, without those that are blank or hold directives only. */
function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  const close = (end: number) => {
    const begin = Math.min(endOf(BLANK_LINES, text, start), end);
    const part = text.slice(begin, end);
    line += linesIn(text.slice(start, begin));
    if (part.trim() !== '' && !part.startsWith('%')) sections.push({ line, text: part });
    line += linesIn(part);
    start = end;
  };
  for (const marker of text.matchAll(MARKER)) {
    close(marker.index);
    const next = endOf(REST_OF_LINE, text, marker.index + 3);
    line += linesIn(text.slice(start, next));
    start = Math.max(next, marker.index + 3);
  }
  close(text.length);
  return sections;
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return start + (pattern.exec(text)?.[0].length ?? 0);
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function bodyOf(text: string): JsonObject | undefined {
  const [value] = loadAll(text, { schema: KUBERNETES_SCHEMA }) as Json[];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error(NOT_AN_OBJECT);
  if (text.includes('&') && expands(value, { left: MOST_VALUES }, 0)) throw new Error(TOO_MANY_VALUES);
  return value as JsonObject;
}

/** Whether a value that anchors repeat is bigger than anybody means, or holds itself. */
function expands(value: Json, budget: { left: number }, depth: number): boolean {
  if (--budget.left < 0 || depth > DEEPEST) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value as JsonObject).some((item) => expands(item, budget, depth + 1));
}

function problemOf(error: unknown, { line, text }: Section): { line: number; message: string } {
  if (error instanceof YAMLException) {
    if (error.reason.includes('complex keys'))
      return { line: line + linesIn(text.slice(0, text.search(/\{\s*\{/))), message: KEY_IS_A_MAP };
    return { line: line + (error.mark?.line ?? 0), message: error.reason };
  }
  if (!(error instanceof Error)) throw error;
  const before = error instanceof UnfitNumber ? text.slice(0, text.indexOf(error.source)) : '';
  return { line: line + linesIn(before), message: error.message };
}
