import { rmSync, writeFileSync } from 'node:fs';
import type { Service } from './service';

/**
 * Keeps a file that is there exactly while the program is ready, for probes that look at a file: `cat /tmp/healthy`. One that a
 * killed predecessor left behind goes at once.
 */
export function keepHealthFile(service: Service, path: string): void {
  const show = (ready: boolean): void =>
    ready ? writeFileSync(path, 'ready\n') : rmSync(path, { force: true });
  show(service.readiness.report().ready);
  service.readiness.onChange(({ ready }) => show(ready));
}
