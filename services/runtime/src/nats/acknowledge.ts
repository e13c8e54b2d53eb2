import type { JsMsg } from '@nats-io/jetstream';
import { PoisonMessage, reasonOf } from '../errors';
import type { Service } from '../service';
import { received } from './message';
import type { NatsHandler } from './port';

const AGAIN_AFTER = 1_000;

/** What the handling of a message needs of it. */
export type StoredMessage = Pick<JsMsg, 'subject' | 'data' | 'seq' | 'ack' | 'nak' | 'term' | 'working'> &
  Partial<Pick<JsMsg, 'headers'>>;

/** The stream's default is to deliver again after 30 seconds without a word. */
const STILL_AT_IT = 10_000;

/** Handles a message of a stream and tells the stream how that went: done, never again, or once more later. */
export async function acknowledge(
  service: Service,
  message: StoredMessage,
  handle: NatsHandler,
): Promise<void> {
  const working = setInterval(() => message.working(), STILL_AT_IT);
  try {
    await handle(received(message));
    message.ack();
  } catch (error) {
    service.log.error(
      { err: error, subject: message.subject, sequence: message.seq },
      `not handled: ${reasonOf(error)}`,
    );
    if (error instanceof PoisonMessage) message.term(reasonOf(error));
    else message.nak(AGAIN_AFTER);
  } finally {
    clearInterval(working);
  }
}
