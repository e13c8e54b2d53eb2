import { NatsUnavailable, type NatsHandler, type NatsPort } from '../nats/port';

/** NATS in memory, core delivery: whoever is subscribed gets each message once. */
export interface MemoryNats extends NatsPort {
  setDown(down: boolean): void;
}

/** Makes a {@link MemoryNats} that nobody is subscribed to. */
export function memoryNats(): MemoryNats {
  const handlers: { subject: string; handle: NatsHandler }[] = [];
  let isDown = false;
  return {
    setDown: (down) => (isDown = down),
    subscribe: (subject, handle) => handlers.push({ subject, handle }),
    async publish(subject, data, headers = {}) {
      if (isDown) throw new NatsUnavailable('NATS does not take messages now.');
      const interested = handlers.filter((handler) => handler.subject === subject);
      await Promise.all(interested.map(({ handle }) => handle({ subject, data, headers })));
    },
  };
}
