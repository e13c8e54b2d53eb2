import { shortened, type Service } from '@fluxwright/runtime';
import type { Decode } from '@fluxwright/runtime/avro';
import type { Handler } from '@fluxwright/runtime/kafka';
import type { Message } from '@fluxwright/api/message';

/** Prints where a message was and what it says. */
export function print(service: Service, decode: Decode<Message>): Handler {
  return async ({ topic, partition, offset, value }) => {
    const { text } = await decode(value);
    service.log.info({ topic, partition, offset, message: shortened(text) }, 'message');
  };
}
