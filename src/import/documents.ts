import type { JsonObject } from '../estate';
import { expandLists, parseDocuments } from '../yaml';

/**
 * The documents of a text, YAML or JSON, with `List`s unpacked and empty ones left out.
 * @throws Where it is neither, naming the origin and line.
 */
export function documentsOf(text: string, origin: string): JsonObject[] {
  const { documents, problems } = parseDocuments(text, origin);
  const [problem] = problems;
  if (problem)
    throw new Error(`${origin} is not YAML (line ${problem.line}): ${problem.message}${templateHint(text)}`);
  return expandLists(documents).map(({ body }) => body);
}

function templateHint(text: string): string {
  return text.includes('{{')
    ? '. It is a template: give what `helm template` makes of it, or the chart itself'
    : '';
}
