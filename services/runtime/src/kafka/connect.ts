import { Kafka, logLevel, Partitioners, type Admin, type logCreator, type Producer } from 'kafkajs';
import { reasonOf } from '../errors';
import type { Logger } from '../log';
import type { Need } from '../readiness';
import type { Service } from '../service';
import { pause, untilItWorks, within } from '../wait';
import { observed } from './observe';
import type { KafkaPort } from './port';
import { publisher } from './publish';
import { METADATA_MAX_AGE, tlsOf, type KafkaSettings } from './settings';
import { subscriber } from './subscribe';

const PROBE_EVERY = 3_000;
const PROBE_WITHIN = 5_000;

/**
 * Connects to Kafka and stays connected: returns at once, tries until the brokers are there, and looks after them from then on. The service is
 * ready only while they answer; it disconnects when it stops.
 */
export function connectKafka(service: Service, settings: KafkaSettings): KafkaPort {
  const kafka = createClient(service, settings);
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    metadataMaxAge: METADATA_MAX_AGE,
    // Publishing tries again itself.
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  const brokers = service.readiness.need('kafka', `connecting to ${settings.BROKERS.join(', ')}`);

  void watch(service, brokers, producer, admin);
  service.onStop(
    'Kafka connection',
    async () => void (await Promise.all([producer.disconnect(), admin.disconnect()])),
  );
  return observed(service, { publish: publisher(producer, brokers), subscribe: subscriber(service, kafka) });
}

/** The client asks the next broker with each retry: one round is enough, as whoever uses it tries again. */
function createClient(service: Service, settings: KafkaSettings): Kafka {
  const ssl = tlsOf(settings);
  return new Kafka({
    clientId: service.name,
    brokers: [...settings.BROKERS],
    ...(ssl ? { ssl } : {}),
    connectionTimeout: 3_000,
    requestTimeout: 8_000,
    retry: { retries: settings.BROKERS.length, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.INFO,
    logCreator: intoLog(service.log),
  });
}

/** An idle producer does not notice that its brokers went away; somebody has to ask. */
async function watch(service: Service, brokers: Need, producer: Producer, admin: Admin): Promise<void> {
  const signal = service.stopping;
  const unmet = (error: unknown): void => brokers.unmet(`no broker answers: ${reasonOf(error)}`);
  await untilItWorks(() => Promise.all([producer.connect(), admin.connect()]), { signal, onFailure: unmet });
  while (!signal.aborted) {
    try {
      await within(
        PROBE_WITHIN,
        admin.describeCluster(),
        () => new Error(`no answer within ${PROBE_WITHIN / 1_000} s`),
      );
      brokers.met();
    } catch (error) {
      unmet(error);
    }
    await pause(brokers.isMet ? PROBE_EVERY : PROBE_EVERY / 6, signal);
  }
}

/** The client calls an error what it then repairs: nothing it says is worse than a warning. */
function intoLog(log: Logger): logCreator {
  return () =>
    ({ namespace, level, log: { message, error } }) => {
      const write = level <= logLevel.WARN ? 'warn' : 'debug';
      log[write]({ kafka: namespace, error: error as unknown }, message);
    };
}
