import { Unavailable } from '../errors';
import type { Carrier } from '../tracing';

/** A message that was heard. */
export interface NatsMessage {
  readonly subject: string;
  readonly data: Buffer;
  readonly headers: Readonly<Carrier>;
}

/** Handles one message. With a stream, a message whose handler throws comes again; without, it is gone. */
export type NatsHandler = (message: NatsMessage) => Promise<void>;

/** All that the programs know of NATS. */
export interface NatsPort {
  /**
   * Publishes and returns once the server has the message: without a stream, it was read off the wire; with one, it is stored.
   *
   * @throws {NatsUnavailable} when the server cannot be reached or did not confirm.
   */
  publish(subject: string, data: Buffer, headers?: Readonly<Carrier>): Promise<void>;
  /** Hears a subject from now until the service stops. */
  subscribe(subject: string, handle: NatsHandler): void;
}

/** The server does not take messages now. */
export class NatsUnavailable extends Unavailable {
  override readonly name = 'NatsUnavailable';
}
