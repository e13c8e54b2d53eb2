import { YAMLException } from 'js-yaml';

/** How many lines of a document may be out of line: each is found by reading the document once more. */
const mostLines = 50;
const enough = ' '.repeat(100);

/**
 * Read a text as go-yaml does, which reads for Kubernetes: how far a line inside brackets or quotes is indented means
 * nothing to it, where YAML wants it further in than what is around it. Gives the text with such lines indented too.
 */
export function readAsGo<T>(
  text: string,
  read: (text: string) => T,
): { readonly value: T; readonly text: string } {
  let indentedText = text;
  for (let left = mostLines; ; left--) {
    try {
      return { value: read(indentedText), text: indentedText };
    } catch (error) {
      const line = left > 0 ? deficientLine(error) : undefined;
      if (line === undefined) throw error;
      indentedText = indented(indentedText, line);
    }
  }
}

function deficientLine(error: unknown): number | undefined {
  const isDeficient = error instanceof YAMLException && error.reason === 'deficient indentation';
  return isDeficient ? error.mark?.line : undefined;
}

function indented(text: string, line: number): string {
  const lines = text.split('\n');
  return lines.with(line, `${enough}${lines[line] ?? ''}`).join('\n');
}
