import {
  checkSizes,
  KafkaUnavailable,
  type Handler,
  type IncomingMessage,
  type KafkaPort,
  type Subscription,
} from '../kafka/port';

/** Kafka in memory, one partition a topic, that tests can look into and take down. */
export interface MemoryKafka extends KafkaPort {
  /** What was published. */
  messages(topic: string): readonly IncomingMessage[];
  /** The next offset that a group will read. */
  committed(subscription: Subscription): number;
  /** Takes the brokers away, or brings them back. */
  setDown(down: boolean): void;
  /** Delivers what is there and returns once all of it was handled or failed. A message that failed comes again with the next call. */
  deliver(): Promise<void>;
  /** Delivers from an offset that was read before, as after a rebalance. */
  rewind(subscription: Subscription, offset: number): void;
}

interface Reader {
  readonly subscription: Subscription;
  readonly handle: Handler;
  offset: number;
}

/** Makes an empty {@link MemoryKafka}. */
export function memoryKafka(): MemoryKafka {
  const topics = new Map<string, IncomingMessage[]>();
  const readers: Reader[] = [];
  let isDown = false;
  const log = (topic: string): IncomingMessage[] =>
    topics.get(topic) ?? topics.set(topic, []).get(topic) ?? [];
  const reader = ({ topic, group }: Subscription): Reader | undefined =>
    readers.find(({ subscription }) => subscription.topic === topic && subscription.group === group);
  return {
    messages: log,
    committed: (subscription) => reader(subscription)?.offset ?? 0,
    setDown: (down) => (isDown = down),
    rewind(subscription, offset) {
      const found = reader(subscription);
      if (found) found.offset = offset;
    },
    async publish(topic, messages) {
      checkSizes(messages);
      if (isDown) throw new KafkaUnavailable('Kafka does not take messages now.');
      for (const { key, value, headers = {} } of messages) {
        const offset = String(log(topic).length);
        log(topic).push({
          topic,
          partition: 0,
          offset,
          key: key === undefined ? null : Buffer.from(key),
          value,
          headers,
        });
      }
    },
    subscribe: (subscription, handle) => readers.push({ subscription, handle, offset: 0 }),
    deliver: async () =>
      void (await Promise.all(readers.map((found) => readOn(found, log(found.subscription.topic))))),
  };
}

async function readOn(reader: Reader, messages: readonly IncomingMessage[]): Promise<void> {
  for (let message = messages[reader.offset]; message; message = messages[reader.offset]) {
    try {
      await reader.handle(message);
    } catch {
      return;
    }
    reader.offset++;
  }
}
