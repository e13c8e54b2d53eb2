import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import type { Carrier } from '../tracing';
import type { NatsMessage } from './port';

/** Headers in the client's form. */
export function sent(headers: Readonly<Carrier>): MsgHdrs {
  const result = natsHeaders();
  for (const [name, value] of Object.entries(headers)) result.set(name, value);
  return result;
}

/** A message in ours: plain headers, and bytes as a Buffer. */
export function received(message: {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers?: MsgHdrs | undefined;
}): NatsMessage {
  const headers = Object.fromEntries(
    [...(message.headers ?? [])].map(([name, values]) => [name, values[0] ?? '']),
  );
  return { subject: message.subject, data: Buffer.from(message.data), headers };
}
