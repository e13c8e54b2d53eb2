import { shortened, type Service } from '@fluxwright/runtime';
import type { NatsHandler } from '@fluxwright/runtime/nats';

/** Prints each message; bytes that are not text are printed as base64 rather than mangled. */
export function print(service: Service): NatsHandler {
  return async ({ subject, data }) => {
    const text = data.toString('utf8');
    const isText = Buffer.from(text).equals(data);
    const what = isText ? { message: shortened(text) } : { base64: shortened(data.toString('base64')) };
    service.log.info({ subject, ...what }, 'heard');
  };
}
