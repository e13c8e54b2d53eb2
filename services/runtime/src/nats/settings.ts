import { z } from 'zod';

/** The settings of a program that talks to NATS. */
export const natsSettings = {
  NATS_URL: z
    .string()
    .transform((list) => list.split(',').map((server) => server.trim()))
    .refine((servers) =>
      servers.every((server) => /^(nats|tls):\/\/[^\s/]+$/.test(server) && URL.canParse(server)),
    )
    .describe(
      'the NATS servers, separated by commas, e.g. nats://nats.queuing.svc:4222, or nats://user:password@…',
    ),
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

/** Where to connect and as whom. The client looks for no user in an address, and logs must not have one. */
export function accessOf({ NATS_URL }: NatsSettings): {
  readonly servers: string[];
  readonly user?: string;
  readonly pass?: string;
} {
  const urls = NATS_URL.map((url) => new URL(url));
  const servers = urls.map(({ protocol, host }) => `${protocol}//${host}`);
  const known = urls.find(({ username }) => username !== '');
  if (!known) return { servers };
  return { servers, user: decodeURIComponent(known.username), pass: decodeURIComponent(known.password) };
}
