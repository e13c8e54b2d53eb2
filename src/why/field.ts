import { readFileSync } from 'node:fs';
import type { EstateObject, Frame } from '../estate';
import { lineOf } from '../yaml';

/**
 * The line that most likely says a field: in the source of the object's own construct, the first one after its
 * beginning that has the last segment of the path as a key. Where no such line is, a caller may have said it.
 */
export function fieldFrame(object: Pick<EstateObject, 'origin'>, path: string): Frame | undefined {
  for (const frame of object.origin.frames) {
    const found = /\.ya?ml$/.test(frame.file) ? yamlFrame(frame, path) : sourceFrame(frame, path);
    if (found) return found;
  }
  return undefined;
}

function sourceFrame(frame: Frame, path: string): Frame | undefined {
  const lines = linesOf(frame.file);
  const statement = lines?.slice(frame.line - 1, frame.line - 1 + lengthOf(lines, frame)) ?? [];
  for (const key of keysOf(path)) {
    const pattern = new RegExp(`(?:^|[\\s{,(])(['"]?)${escape(key)}\\1\\s*(?::|,|\\}|$)`);
    const index = statement.findIndex((line) => pattern.test(line));
    if (index >= 0) {
      const column = (statement[index] as string).indexOf(key) + 1;
      return { file: frame.file, line: frame.line + index, column };
    }
  }
  return undefined;
}

/** How many lines the statement at a frame has: as many as its brackets need to close. */
function lengthOf(lines: readonly string[], frame: Frame): number {
  let depth = 0;
  for (let index = frame.line - 1; index < lines.length; index++) {
    const text = (lines[index] as string).slice(index === frame.line - 1 ? frame.column - 1 : 0);
    for (const character of text) {
      if ('([{'.includes(character)) depth += 1;
      if (')]}'.includes(character)) depth -= 1;
    }
    if (depth <= 0 && index > frame.line - 1) return index - frame.line + 2;
    if (depth <= 0 && /[;)]\s*$/.test(text)) return 1;
  }
  return lines.length - frame.line + 1;
}

/** The names in a path, the innermost first; indexes say nothing about the source. */
function keysOf(path: string): string[] {
  const segments = path.match(/\["[^"]*"\]|[^.[\]]+(?=$|[.[])/g) ?? [];
  const names = segments
    .map((segment) => segment.replaceAll(/^\["|"\]$/g, ''))
    .filter((name) => !/^\d+$/.test(name));
  return names.slice(-1);
}

function yamlFrame(frame: Frame, path: string): Frame | undefined {
  const text = linesOf(frame.file)
    ?.slice(frame.line - 1)
    .join('\n');
  return text === undefined
    ? undefined
    : { file: frame.file, line: frame.line + lineOf(text, path) - 1, column: 1 };
}

function linesOf(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
