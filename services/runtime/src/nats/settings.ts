import { z } from 'zod';

/** The settings of a program that talks to NATS. */
export const natsSettings = {
  NATS_URL: z
    .string()
    .transform((list) => list.split(',').map((server) => server.trim()))
    .refine((servers) => servers.every((server) => /^(nats|tls):\/\/[^\s/]+$/.test(server)))
    .describe('the NATS servers, separated by commas, e.g. nats://nats.queuing.svc:4222'),
  STREAM: z
    .string()
    .regex(/^[^\s.*>]+$/)
    .optional()
    .describe('a JetStream stream that keeps the messages (no spaces, dots, * or >); plain NATS without it'),
};

/** The values of {@link natsSettings}. */
export interface NatsSettings {
  readonly NATS_URL: readonly string[];
  readonly STREAM?: string | undefined;
}
