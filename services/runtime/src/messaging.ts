import { Counter, Histogram } from 'prom-client';
import type { Service } from './service';
import { SpanKind, traced, withTrace, type Carrier } from './tracing';

/** Counts, measures and traces messages of one system: `kafka` or `nats`. */
export interface Messaging {
  /** Sends inside a span; `send` gets the headers that carry the trace. */
  publish(destination: string, count: number, send: (trace: Carrier) => Promise<void>): Promise<void>;
  /** Handles inside a span that continues the sender's trace. */
  handle(
    destination: string,
    headers: Readonly<Carrier>,
    position: string,
    work: () => Promise<void>,
  ): Promise<void>;
}

/** The meters and spans that the OpenTelemetry conventions for messaging ask for. */
export function observeMessaging(service: Service, system: string): Messaging {
  const published = counter(
    service,
    `${system}_messages_published_total`,
    'Messages published, by topic and outcome.',
  );
  const handled = counter(
    service,
    `${system}_messages_handled_total`,
    'Messages handled, by topic and outcome.',
  );
  const seconds = new Histogram({
    name: `${system}_publish_duration_seconds`,
    help: 'How long it took until the broker acknowledged.',
    labelNames: ['topic'],
    registers: [service.metrics],
  });
  const span = (operation: string, topic: string): Record<string, string> => ({
    'messaging.system': system,
    'messaging.operation.name': operation,
    'messaging.destination.name': topic,
  });
  return {
    publish(topic, count, send) {
      const attributes = { ...span('publish', topic), 'messaging.batch.message_count': count };
      return traced(`publish ${topic}`, { kind: SpanKind.PRODUCER, attributes }, async () => {
        const stopTimer = seconds.startTimer({ topic });
        await counted(published, topic, count, () => send(withTrace()));
        stopTimer();
      });
    },
    handle(topic, headers, position, work) {
      const attributes = { ...span('process', topic), 'messaging.message.id': position };
      return traced(`process ${topic}`, { kind: SpanKind.CONSUMER, attributes, parent: headers }, () =>
        counted(handled, topic, 1, work),
      );
    },
  };
}

async function counted(
  meter: Counter,
  topic: string,
  count: number,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    meter.inc({ topic, outcome: 'ok' }, count);
  } catch (error) {
    meter.inc({ topic, outcome: 'error' }, count);
    throw error;
  }
}

function counter(service: Service, name: string, help: string): Counter {
  return new Counter({ name, help, labelNames: ['topic', 'outcome'], registers: [service.metrics] });
}
