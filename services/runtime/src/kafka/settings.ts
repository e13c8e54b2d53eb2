import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * How long to believe, in milliseconds, which broker leads what. One whose machine lost its power refuses nothing: the
 * client only sees answers that do not come, and would go on asking it for minutes.
 */
export const METADATA_MAX_AGE = 5_000;

const isBroker = (broker: string): boolean => {
  const [, port] = /^[^\s:/]+:(\d{1,5})$/.exec(broker) ?? [];
  return Number(port) <= 65_535;
};

const file = z.string().min(1).optional();

/** The settings of a program that talks to Kafka. */
export const kafkaSettings = {
  BROKERS: z
    .string()
    .transform((list) => list.split(',').map((broker) => broker.trim()))
    .refine((brokers) => brokers.every(isBroker))
    .describe('the Kafka brokers as host:port, separated by commas, e.g. kafka-bootstrap.queuing.svc:9092'),
  KAFKA_CA_FILE: file.describe(
    'a file with the CA certificate of the brokers (PEM), if no public one is theirs; turns TLS on',
  ),
  KAFKA_CERT_FILE: file.describe(
    'a file with the certificate of this program (PEM), where brokers ask for one; turns TLS on',
  ),
  KAFKA_KEY_FILE: file.describe('a file with the key of that certificate (PEM)'),
};

/** The values of {@link kafkaSettings}. */
export interface KafkaSettings {
  readonly BROKERS: readonly string[];
  readonly KAFKA_CA_FILE?: string | undefined;
  readonly KAFKA_CERT_FILE?: string | undefined;
  readonly KAFKA_KEY_FILE?: string | undefined;
}

/** The TLS part of a client's options; nothing where no file of it is set. */
export function tlsOf(settings: KafkaSettings): { ca?: Buffer; cert?: Buffer; key?: Buffer } | undefined {
  const { KAFKA_CA_FILE: ca, KAFKA_CERT_FILE: cert, KAFKA_KEY_FILE: key } = settings;
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  if ((cert === undefined) !== (key === undefined))
    throw new Error('KAFKA_CERT_FILE and KAFKA_KEY_FILE belong together: set both, or neither');
  return {
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
  };
}
