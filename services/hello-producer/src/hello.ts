import { pause, reasonOf, type Service } from '@fluxwright/runtime';
import type { NatsPort } from '@fluxwright/runtime/nats';

/** What to say, where, and how often. */
export interface Greeting {
  readonly subject: string;
  readonly from: string;
  readonly everySeconds: number;
}

/** Says hello until the service stops. While NATS is away nothing is said, and nothing kept for later. */
export async function sayHello(
  service: Service,
  nats: NatsPort,
  { subject, from, everySeconds }: Greeting,
): Promise<void> {
  const text = `Hello World, from ${from}`;
  while (!service.stopping.aborted) {
    try {
      await nats.publish(subject, Buffer.from(text));
      service.log.info({ subject, message: text }, 'said');
    } catch (error) {
      service.log.warn(`not said: ${reasonOf(error)}`);
    }
    await pause(everySeconds * 1_000, service.stopping);
  }
}
