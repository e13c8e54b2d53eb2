import { z } from 'zod';

/** Where settings come from: `process.env`, or a plain object in tests. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** So many seconds; a timer cannot count more than 24 days, and would not wait at all. */
export const seconds = z.coerce.number().max(86_400);

/** An address of HTTP, without a password in it: `fetch` refuses those, and tells the log all of what it refused. */
export const httpUrl = z.url({ protocol: /^https?$/ }).refine((url) => !url.includes('@'));

/** The settings that every program has. */
export const commonSettings = {
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('how much to log: trace, debug, info, warn, error, fatal or silent'),
  STOP_GRACE_SECONDS: seconds
    .positive()
    .default(25)
    .describe("seconds for a clean stop; less than the pod's terminationGracePeriodSeconds"),
};

/** The values of {@link commonSettings}. */
export interface CommonSettings {
  readonly LOG_LEVEL: string;
  readonly STOP_GRACE_SECONDS: number;
}

/** What is wrong with the environment, one line for each variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads and checks settings. A variable that is set to nothing counts as missing, as Kubernetes writes an empty value
 * where a template had none.
 *
 * @throws {SettingsError} naming every variable that is missing or wrong, and what is expected of it.
 * @example
 * const settings = readSettings(z.object({ TOPIC: z.string().describe('the topic to read') }), process.env);
 */
export function readSettings<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape>,
  env: Environment,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(given);
  if (result.success) return result.data;

  const names = new Set(result.error.issues.map((issue) => String(issue.path[0])));
  const lines = [...names].map((name) => `  ${complaint(name, given[name], descriptionOf(schema, name))}`);
  throw new SettingsError(`The environment is not complete or not right:\n${lines.join('\n')}`);
}

function complaint(name: string, value: string | undefined, expected: string): string {
  return value === undefined
    ? `${name} is missing: ${expected}`
    : `${name} is "${masked(name, value)}", expected: ${expected}`;
}

function descriptionOf(schema: z.ZodObject, name: string): string {
  const field: unknown = schema.shape[name];
  return (field instanceof z.ZodType ? field.description : undefined) ?? 'a value of another form';
}

/** A password may have any character in it, and an address may be nothing but a token before its host. */
function masked(name: string, value: string): string {
  if (/PASSWORD|SECRET|TOKEN|KEY$/.test(name)) return '***';
  return value.replace(/^(\w+:\/\/)?([^:@]*:)?.*@/s, '$1$2***@');
}
