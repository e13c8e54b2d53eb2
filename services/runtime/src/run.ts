import type { z } from 'zod';
import { reasonOf } from './errors';
import { createService, type Service } from './service';
import { readSettings, SettingsError, type CommonSettings, type Environment } from './settings';
import { startTracing } from './tracing';

/** A program: what it is called, what it has to be told, and how it starts. */
export interface Program<Shape extends z.core.$ZodLooseShape> {
  readonly name: string;
  readonly version: string;
  readonly settings: z.ZodObject<Shape>;
  /** Wires the parts. It need not wait for others: what is not there yet is a need of `service.readiness`. */
  readonly start: (service: Service, settings: z.infer<z.ZodObject<Shape>>) => Promise<void> | void;
}

/** The process that a program runs in, as far as it is concerned. */
export interface Host {
  readonly env: Environment;
  exit(code: number): void;
  error(text: string): void;
  on(
    event: 'SIGTERM' | 'SIGINT' | 'uncaughtException' | 'unhandledRejection',
    listener: (reason: unknown) => void,
  ): void;
}

/**
 * Runs a program until SIGTERM: reads its settings, starts it, and stops it cleanly. Ends with exit code 1 when the settings are
 * wrong, when the start fails, or when something happens that nobody handles.
 */
export async function run<Shape extends z.core.$ZodLooseShape>(
  program: Program<Shape>,
  host = thisProcess(),
): Promise<void> {
  const settings = settingsOrExit(program, host);
  if (!settings) return;
  const { name, version } = program;
  const service = createService({
    name,
    version,
    settings: settings as CommonSettings,
    exit: (code) => host.exit(code),
  });
  obey(host, service);
  const endTracing = startTracing(name, version, host.env);
  // Whether somebody collects traces says nothing of how this program did its job.
  const lost = (error: unknown): void =>
    service.log.warn(`the last spans were not taken: ${reasonOf(error)}`);
  service.onStop('traces', () => endTracing().catch(lost));
  service.log.info(`${name} ${version} starts`);
  try {
    await program.start(service, settings);
  } catch (error) {
    service.fail(error);
  }
}

function settingsOrExit<Shape extends z.core.$ZodLooseShape>(
  program: Program<Shape>,
  host: Host,
): z.infer<z.ZodObject<Shape>> | undefined {
  try {
    return readSettings(program.settings, host.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    host.error(`${program.name} ${program.version} cannot start. ${error.message}\n`);
    host.exit(1);
    return undefined;
  }
}

function obey(host: Host, service: Service): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    host.on(signal, () => {
      service.log.info(`${signal}: stopping`);
      void service.stop();
    });
  }
  host.on('uncaughtException', (error) => service.fail(error));
  host.on('unhandledRejection', (reason) =>
    service.fail(new Error(`nobody handled: ${reasonOf(reason)}`, { cause: reason })),
  );
}

function thisProcess(): Host {
  return {
    env: process.env,
    exit: (code) => process.exit(code),
    error: (text) => void process.stderr.write(text),
    on: (event, listener) => void process.on(event, listener),
  };
}
