import { PoisonMessage, reasonOf, Unavailable } from '../errors';
import type { Service } from '../service';
import { pause } from '../wait';
import {
  MessageTooLarge,
  type Handler,
  type IncomingMessage,
  type KafkaPort,
  type OutgoingMessage,
} from './port';

const ATTEMPTS = 3;
const BETWEEN_ATTEMPTS = 200;
const BEGINNING = 8_192;

/**
 * A handler that no message can block: what is poison, and what fails three times, goes to a dead-letter topic with the reason in its headers.
 * Nothing goes there because somebody is {@link Unavailable}: that message waits and comes again. Of a message that the reason would make
 * too large only the beginning goes there; all of it stays where the headers say.
 *
 * @example
 * kafka.subscribe({ topic, group }, withDeadLetters(service, kafka, `${topic}.dead-letters`, print));
 */
export function withDeadLetters(
  service: Service,
  kafka: KafkaPort,
  deadLetterTopic: string,
  handle: Handler,
): Handler {
  return async (message) => {
    const failure = await attempts(service, handle, message);
    if (failure === undefined) return;
    await setAside(kafka, deadLetterTopic, message, failure);
    const { topic, partition, offset } = message;
    service.log.error(
      { topic, partition, offset, deadLetterTopic },
      `message set aside: ${reasonOf(failure)}`,
    );
  };
}

/** The error that the message cannot be handled for; none when it was handled. */
async function attempts(service: Service, handle: Handler, message: IncomingMessage): Promise<unknown> {
  let failure: unknown;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      await handle(message);
      return undefined;
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      if (error instanceof PoisonMessage) return error;
      failure = error;
    }
    await pause(BETWEEN_ATTEMPTS, service.stopping);
  }
  return failure;
}

async function setAside(
  kafka: KafkaPort,
  topic: string,
  message: IncomingMessage,
  failure: unknown,
): Promise<void> {
  try {
    await kafka.publish(topic, [deadLetter(message, failure)]);
  } catch (error) {
    if (!(error instanceof MessageTooLarge)) throw error;
    await kafka.publish(topic, [beginning(message, failure)]);
  }
}

function deadLetter(message: IncomingMessage, failure: unknown): OutgoingMessage {
  const { key, value, headers } = message;
  return {
    ...(key === null ? {} : { key }),
    value: value ?? Buffer.alloc(0),
    headers: { ...headers, ...why(message, failure) },
  };
}

function beginning(message: IncomingMessage, failure: unknown): OutgoingMessage {
  const value = message.value ?? Buffer.alloc(0);
  const headers = { ...why(message, failure), 'dead-letter-bytes': String(value.length) };
  return { value: value.subarray(0, BEGINNING), headers };
}

function why({ topic, partition, offset }: IncomingMessage, failure: unknown) {
  return {
    'dead-letter-topic': topic,
    'dead-letter-partition': String(partition),
    'dead-letter-offset': offset,
    'dead-letter-reason': reasonOf(failure).slice(0, 1_000),
  };
}
