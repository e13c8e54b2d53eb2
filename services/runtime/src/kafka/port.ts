import type { Carrier } from '../tracing';
import { Unavailable } from '../errors';

/** A message to publish. Messages with the same key keep their order. */
export interface OutgoingMessage {
  readonly key?: string | Buffer;
  readonly value: Buffer;
  readonly headers?: Readonly<Carrier>;
}

/** A message that was read, with its place in the topic. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Carrier>;
}

/** Handles one message. While it throws, the message comes again; its offset is committed only after it returned. */
export type Handler = (message: IncomingMessage) => Promise<void>;

/** What to read, and with whom to share the reading. */
export interface Subscription {
  readonly topic: string;
  readonly group: string;
}

/** All that the programs know of Kafka. Whoever implements these two can stand in for the client behind them. */
export interface KafkaPort {
  /**
   * Publishes messages and returns once all in-sync replicas have them.
   *
   * @throws {MessageTooLarge} when a message will never fit.
   * @throws {Unavailable} when the brokers did not acknowledge in time; a message may have arrived nevertheless.
   */
  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  /** Reads from now until the service stops, each message at least once, from the beginning where the group has no offset yet. */
  subscribe(subscription: Subscription, handle: Handler): void;
}

/** The brokers do not take messages now. */
export class KafkaUnavailable extends Unavailable {
  override readonly name = 'KafkaUnavailable';
}

/** No broker would take a message of this size. */
export class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge';
}

/** The most that key, value and headers may weigh together: a broker's default, less the room that a record's frame takes. */
export const maximumMessageBytes = 1_000_000;

/** Refuses what a broker would refuse, before a byte is sent. */
export function checkSizes(messages: readonly OutgoingMessage[]): void {
  for (const { key = '', value, headers = {} } of messages) {
    const size = Buffer.byteLength(key) + value.length + Buffer.byteLength(JSON.stringify(headers));
    if (size > maximumMessageBytes)
      throw new MessageTooLarge(
        `a message of ${size} bytes is too large: ${maximumMessageBytes} is the most`,
      );
  }
}
