import type { Producer } from 'kafkajs';
import { reasonOf } from '../errors';
import type { Need } from '../readiness';
import { within } from '../wait';
import { batched } from './batch';
import { checkSizes, KafkaUnavailable, MessageTooLarge, type KafkaPort, type OutgoingMessage } from './port';

const ALL_IN_SYNC_REPLICAS = -1;
const ACKNOWLEDGE_WITHIN = 10_000;

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

async function send(
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

function refusal(topic: string, error: unknown): Error {
  if (error instanceof KafkaUnavailable || error instanceof MessageTooLarge) return error;
  const type = (error as { type?: string }).type ?? (error as { cause?: { type?: string } }).cause?.type;
  if (type === 'MESSAGE_TOO_LARGE')
    return new MessageTooLarge('the broker takes no message of this size', { cause: error });
  return new KafkaUnavailable(`Kafka did not acknowledge messages to ${topic}: ${reasonOf(error)}`, {
    cause: error,
  });
}

function noAcknowledgement(): Error {
  return new Error(`no acknowledgement within ${ACKNOWLEDGE_WITHIN / 1_000} s`);
}
