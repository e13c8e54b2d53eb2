import { setTimeout as sleep } from 'node:timers/promises';
import type { Producer } from 'kafkajs';
import { reasonOf } from '../errors';
import type { Need } from '../readiness';
import { within } from '../wait';
import { batched } from './batch';
import { checkSizes, KafkaUnavailable, MessageTooLarge, type KafkaPort, type OutgoingMessage } from './port';

const ALL_IN_SYNC_REPLICAS = -1;
const ACKNOWLEDGE_WITHIN = 10_000;
const ATTEMPTS = 4;
const PAUSE = 100;
const TOO_LARGE = 'MESSAGE_TOO_LARGE';

/** Publishing over a producer that somebody else connects; refuses at once while the brokers are known to be away. */
export function publisher(producer: Pick<Producer, 'send'>, brokers: Need): KafkaPort['publish'] {
  const publish = batched(
    (topic, messages) => acknowledged(topic, send(producer, topic, messages)),
    ACKNOWLEDGE_WITHIN,
  );
  return async (topic, messages) => {
    checkSizes(messages);
    if (!brokers.isMet) throw new KafkaUnavailable('Kafka does not take messages now.');
    await acknowledged(topic, publish(topic, messages));
  };
}

async function acknowledged(topic: string, sending: Promise<void>): Promise<void> {
  try {
    await within(ACKNOWLEDGE_WITHIN, sending, noAcknowledgement);
  } catch (error) {
    throw refusal(topic, error);
  }
}

/**
 * Every attempt sends everything anew: what was published already is published twice. The client's own retries would
 * leave out what moved to a broker that had answered for its share already, and call it sent: they are turned off.
 */
async function send(
  producer: Pick<Producer, 'send'>,
  topic: string,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(producer, topic, messages);
    } catch (error) {
      if (attempt === ATTEMPTS || typeOf(error) === TOO_LARGE) throw error;
      await sleep(PAUSE * attempt);
    }
  }
}

async function sendOnce(
  producer: Pick<Producer, 'send'>,
  topic: string,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  await producer.send({
    topic,
    acks: ALL_IN_SYNC_REPLICAS,
    timeout: 5_000,
    messages: messages.map(({ key, value, headers }) => ({
      key: key ?? null,
      value,
      ...(headers ? { headers: { ...headers } } : {}),
    })),
  });
}

function typeOf(error: unknown): string | undefined {
  return (error as { type?: string }).type ?? (error as { cause?: { type?: string } }).cause?.type;
}

function refusal(topic: string, error: unknown): Error {
  if (error instanceof KafkaUnavailable || error instanceof MessageTooLarge) return error;
  if (typeOf(error) === TOO_LARGE)
    return new MessageTooLarge('the broker takes no message of this size', { cause: error });
  return new KafkaUnavailable(`Kafka did not acknowledge messages to ${topic}: ${reasonOf(error)}`, {
    cause: error,
  });
}

function noAcknowledgement(): Error {
  return new Error(`no acknowledgement within ${ACKNOWLEDGE_WITHIN / 1_000} s`);
}
