import { MessageTooLarge, type KafkaPort, type OutgoingMessage } from './port';

type Publish = KafkaPort['publish'];

interface Waiting {
  readonly messages: readonly OutgoingMessage[];
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A broker's limit holds for a whole batch, so that many small messages together may weigh no more than one large one. */
const BATCH_BYTES = 800_000;

/**
 * Sends what piles up while a request is under way together in the next one: nobody waits for company, and many callers at once cost few
 * requests. The order of a topic's messages stays. What waited longer than `patience` milliseconds is not sent any more, as its
 * caller was told that it failed.
 */
export function batched(publish: Publish, patience: number): Publish {
  const queues = new Map<string, Waiting[]>();
  const drain = async (topic: string, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) await sendTogether(publish, topic, nextBatch(queue, Date.now() - patience));
    queues.delete(topic);
  };
  return (topic, messages) =>
    new Promise((resolve, reject) => {
      const waiting = { messages, since: Date.now(), resolve, reject };
      const queue = queues.get(topic);
      if (queue) return void queue.push(waiting);
      const started = [waiting];
      queues.set(topic, started);
      return void drain(topic, started);
    });
}

async function sendTogether(publish: Publish, topic: string, batch: readonly Waiting[]): Promise<void> {
  if (batch.length === 0) return;
  try {
    await publish(
      topic,
      batch.flatMap(({ messages }) => messages),
    );
    for (const { resolve } of batch) resolve();
  } catch (error) {
    if (error instanceof MessageTooLarge && batch.length > 1) await sendAlone(publish, topic, batch);
    else for (const { reject } of batch) reject(error);
  }
}

/** One message that is too large must not take the others with it. */
async function sendAlone(publish: Publish, topic: string, batch: readonly Waiting[]): Promise<void> {
  for (const waiting of batch) await sendTogether(publish, topic, [waiting]);
}

function nextBatch(queue: Waiting[], oldest: number): readonly Waiting[] {
  let bytes = 0;
  const end = queue.findIndex(({ messages }, index) => {
    bytes += messages.reduce((sum, { value }) => sum + value.length, 0);
    return index > 0 && bytes > BATCH_BYTES;
  });
  const batch = queue.splice(0, end < 0 ? queue.length : end);
  return batch.filter(({ since }) => since >= oldest);
}
