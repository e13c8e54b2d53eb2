import { observeMessaging } from '../messaging';
import type { Service } from '../service';
import type { NatsPort } from './port';

/** The same port, counted, measured and traced: the trace travels in the messages' headers. */
export function observed(service: Service, port: NatsPort): NatsPort {
  const messaging = observeMessaging(service, 'nats');
  return {
    publish: (subject, data, headers = {}) =>
      messaging.publish(subject, 1, (trace) => port.publish(subject, data, { ...headers, ...trace })),
    subscribe: (subject, handle) =>
      port.subscribe(subject, (message) =>
        // Not the message's own: one subscription may hear as many subjects as anybody likes.
        messaging.handle(subject, message.headers, message.subject, () => handle(message)),
      ),
  };
}
