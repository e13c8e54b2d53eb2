import { afterEach } from '@jest/globals';
import type { z } from 'zod';
import { pause, readSettings } from '../../services/runtime/src';
import { testService, type TestService } from '../../services/runtime/src/testing';

const services: TestService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

interface Program<Shape extends z.core.$ZodLooseShape> {
  readonly name: string;
  readonly settings: z.ZodObject<Shape>;
  readonly start: (service: TestService, settings: z.infer<z.ZodObject<Shape>>) => Promise<void>;
}

/** A program that runs in this process, on a port of its own, until the test ends. */
export interface Started {
  readonly service: TestService;
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
}

/** Starts a program with settings as its pod has them. */
export async function started<Shape extends z.core.$ZodLooseShape>(
  program: Program<Shape>,
  settings: Readonly<Record<string, string>>,
): Promise<Started> {
  const service = testService(program.name);
  services.push(service);
  const env = { PORT: '0', DRAIN_SECONDS: '0', ...settings };
  // Some return only when they can do their job, but all listen before.
  void program.start(service, readSettings(program.settings, env)).catch(service.fail);
  await eventually(() => service.lines.some((line) => 'port' in line));
  const { port } = service.lines.find((line) => 'port' in line) ?? {};
  return { service, ask: (path, init) => fetch(`http://127.0.0.1:${String(port)}${path}`, init) };
}

/** Whether a program can do its job. */
export const isReady = ({ service }: Started): boolean => service.readiness.report().ready;

/** What a program printed of the messages that it read. */
export function printed({ service }: Started): string[] {
  return service.lines.flatMap(({ message }) => (typeof message === 'string' ? [message] : []));
}

/** Waits until something is so. @throws when it is not so within a minute. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const { signal } = new AbortController();
  for (const began = Date.now(); !(await condition()); await pause(100, signal))
    if (Date.now() - began > 60_000) throw new Error(`never so: ${condition.toString()}`);
}
