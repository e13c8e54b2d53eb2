import type {
  Consumer,
  ConsumerConfig,
  ConsumerCrashEvent,
  EachMessagePayload,
  IHeaders,
  Kafka,
} from 'kafkajs';
import { reasonOf } from '../errors';
import type { Need } from '../readiness';
import type { Service } from '../service';
import { untilItWorks } from '../wait';
import { METADATA_MAX_AGE } from './settings';
import type { Handler, IncomingMessage, KafkaPort, Subscription } from './port';

const SESSION_TIMEOUT = 15_000;
const HEARTBEAT = 3_000;
/** A stop waits for the fetch that runs. */
const FETCH_AT_MOST = 1_000;

/**
 * Reading with a consumer group. Each subscription is a need of the service and leaves its group when the service stops. What the client
 * gives up on, such as a group without a coordinator, is tried again with a new consumer: no broker is away for ever.
 */
export function subscriber(service: Service, kafka: Pick<Kafka, 'consumer'>): KafkaPort['subscribe'] {
  return (subscription, handle) => {
    const { topic, group } = subscription;
    const membership = service.readiness.need(`topic ${topic}`, `joining group ${group}`);
    let current: Consumer | undefined;
    const read = async (): Promise<void> => {
      const consumer = kafka.consumer(optionsOf(group));
      current = consumer;
      try {
        throw await crashOf(consumer, subscription, membership, handle);
      } finally {
        await consumer.disconnect().catch(() => undefined);
      }
    };
    const onFailure = (error: unknown): void => membership.unmet(`reading stopped: ${reasonOf(error)}`);
    void untilItWorks(read, { signal: service.stopping, onFailure });
    service.onStop(`reading of ${topic}`, () => current?.disconnect());
  };
}

function optionsOf(groupId: string): ConsumerConfig {
  return {
    groupId,
    sessionTimeout: SESSION_TIMEOUT,
    heartbeatInterval: HEARTBEAT,
    maxWaitTimeInMs: FETCH_AT_MOST,
    metadataMaxAge: METADATA_MAX_AGE,
    allowAutoTopicCreation: false,
    retry: { retries: 4, initialRetryTime: 200, maxRetryTime: 2_000 },
  };
}

/** Reads until the client gives up; returns why. */
async function crashOf(
  consumer: Consumer,
  { topic }: Subscription,
  membership: Need,
  handle: Handler,
): Promise<Error> {
  const crash = follow(consumer, membership);
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ autoCommitInterval: 1_000, eachMessage: (payload) => handleOne(payload, handle) });
  return crash;
}

function follow(consumer: Consumer, membership: Need): Promise<Error> {
  consumer.on(consumer.events.GROUP_JOIN, () => membership.met());
  consumer.on(consumer.events.REBALANCING, () =>
    membership.unmet('the group shares out its partitions anew'),
  );
  return new Promise((resolve) => {
    consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }: ConsumerCrashEvent) => {
      membership.unmet(`reading stopped: ${reasonOf(error)}`);
      if (!restart) resolve(error);
    });
  });
}

/** The client sends heartbeats only between messages; a handler that waits for somebody must not cost the membership. */
async function handleOne(payload: EachMessagePayload, handle: Handler): Promise<void> {
  const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), HEARTBEAT);
  try {
    await handle(incoming(payload));
  } finally {
    clearInterval(beating);
  }
}

function incoming({ topic, partition, message }: EachMessagePayload): IncomingMessage {
  const { offset, key, value, headers = {} } = message;
  return { topic, partition, offset, key, value, headers: textHeaders(headers) };
}

function textHeaders(headers: IHeaders): Record<string, string> {
  const texts = Object.entries(headers).map(([name, value]) => [
    name,
    // Other clients write headers without a value; this one's types know of none.
    String((Array.isArray(value) ? value[0] : value) ?? ''),
  ]);
  return Object.fromEntries(texts) as Record<string, string>;
}
