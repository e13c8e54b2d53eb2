import { pino } from 'pino';
import { createService, type Service } from '../service';

/** A service for tests: it logs into `lines` and remembers its exit instead of ending the process. */
export interface TestService extends Service {
  readonly lines: readonly Record<string, unknown>[];
  /** The exit code; empty while it runs. */
  readonly exitCode: () => number | undefined;
}

/** Makes a {@link TestService} that stops within a second. */
export function testService(name = 'test'): TestService {
  const lines: Record<string, unknown>[] = [];
  let exitCode: number | undefined;
  const service = createService({
    name,
    version: '1.2.3',
    settings: { LOG_LEVEL: 'debug', STOP_GRACE_SECONDS: 1 },
    exit: (code) => (exitCode ??= code),
    log: pino(
      { level: 'debug' },
      { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
  });
  return { ...service, lines, exitCode: () => exitCode };
}
