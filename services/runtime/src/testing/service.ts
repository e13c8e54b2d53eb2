import { pino } from 'pino';
import { createService, type Service } from '../service';
import type { CommonSettings } from '../settings';

/** A service for tests: it logs into `lines` and remembers its exit instead of ending the process. */
export interface TestService extends Service {
  readonly lines: readonly Record<string, unknown>[];
  /** The exit code; empty while it runs. */
  readonly exitCode: () => number | undefined;
}

/** Makes a {@link TestService}; a step that hangs does not keep it from stopping for ever. */
export function testService(name = 'test', settings: Partial<CommonSettings> = {}): TestService {
  const lines: Record<string, unknown>[] = [];
  let exitCode: number | undefined;
  const service = createService({
    name,
    version: '1.2.3',
    settings: { LOG_LEVEL: 'debug', STOP_GRACE_SECONDS: 30, ...settings },
    exit: (code) => (exitCode ??= code),
    log: pino(
      { level: 'debug' },
      { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
  });
  return { ...service, lines, exitCode: () => exitCode };
}
