import { createColors } from 'picocolors';

/** Colors, or none. */
export type Colors = ReturnType<typeof createColors>;

/** A file, a pipe or a terminal: only the last says so. */
interface Output {
  readonly isTTY?: boolean;
}

/** Whether text on a stream may have colors: it is a terminal, and nobody has said `NO_COLOR`. */
export function isColored(stream: Output, environment: NodeJS.ProcessEnv = process.env): boolean {
  if (environment['NO_COLOR']) return false;
  if (environment['FORCE_COLOR'] !== undefined) return environment['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

/** The colors of a stream: picocolors would take an environment of CI for a terminal. */
export function colorsOf(stream: Output): Colors {
  return createColors(isColored(stream));
}
