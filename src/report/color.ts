import { createColors } from 'picocolors';

/** Colors, or none. */
export type Colors = ReturnType<typeof createColors>;

/** Whether text on a stream may have colors: it is a terminal, and nobody has said `NO_COLOR`. */
export function isColored(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv = process.env): boolean {
  if (environment['NO_COLOR']) return false;
  if (environment['FORCE_COLOR'] !== undefined) return environment['FORCE_COLOR'] !== '0';
  // A stream that is no terminal has no `isTTY` at all.
  return Boolean(stream.isTTY) && environment['TERM'] !== 'dumb';
}

/** The colors of a stream: picocolors would take an environment of CI for a terminal. */
export function colorsOf(stream: NodeJS.WriteStream): Colors {
  return createColors(isColored(stream));
}
