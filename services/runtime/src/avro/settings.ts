import { z } from 'zod';

/** The setting of a program that may use a schema registry. */
export const registrySettings = {
  SCHEMA_REGISTRY_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'the schema registry, e.g. http://registry.queuing.svc:8080/apis/ccompat/v7; plain messages without it',
    ),
};

/** The value of {@link registrySettings}. */
export interface RegistrySettings {
  readonly SCHEMA_REGISTRY_URL?: string | undefined;
}
