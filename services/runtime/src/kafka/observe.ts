import { observeMessaging } from '../messaging';
import type { Service } from '../service';
import type { KafkaPort } from './port';

/** The same port, counted, measured and traced: the trace travels in the messages' headers. */
export function observed(service: Service, port: KafkaPort): KafkaPort {
  const messaging = observeMessaging(service, 'kafka');
  return {
    publish: (topic, messages) =>
      messaging.publish(topic, messages.length, (trace) =>
        port.publish(
          topic,
          messages.map((message) => ({ ...message, headers: { ...message.headers, ...trace } })),
        ),
      ),
    subscribe: (subscription, handle) =>
      port.subscribe(subscription, (message) =>
        messaging.handle(message.topic, message.headers, `${message.partition}:${message.offset}`, () =>
          handle(message),
        ),
      ),
  };
}
