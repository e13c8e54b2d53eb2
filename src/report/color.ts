/** Whether text on a stream may have colors: it is a terminal, and nobody has said `NO_COLOR`. */
export function isColored(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv = process.env): boolean {
  if (environment['NO_COLOR']) return false;
  return environment['FORCE_COLOR'] !== undefined
    ? environment['FORCE_COLOR'] !== '0'
    : stream.isTTY && environment['TERM'] !== 'dumb';
}
