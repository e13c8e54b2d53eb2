import { pino, type Logger } from 'pino';
import { currentTrace } from './tracing';

export type { Logger } from 'pino';

/** A logger that writes one JSON object a line and names the trace that a line belongs to. */
export function createLog(name: string, version: string, level: string): Logger {
  return pino({
    level,
    base: { service: name, version },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => currentTrace(),
  });
}
