import type { JsonObject } from '../../estate';
import type { ConfigKey, FieldKey, SecretKey } from '../references';

/** The value of an environment variable: plain, or where the kubelet finds it. */
export type EnvironmentValue = string | number | boolean | SecretKey | ConfigKey | FieldKey;

/** Environment variables by their names. */
export interface Environment {
  readonly [name: string]: EnvironmentValue;
}

/** Environment variables as a container lists them, in the order written: a later one may use an earlier one. */
export function environmentOf(environment: Environment = {}): JsonObject[] {
  return Object.entries(environment).map(([name, value]) =>
    typeof value === 'object'
      ? { name, valueFrom: value as unknown as JsonObject }
      : { name, value: String(value) },
  );
}
