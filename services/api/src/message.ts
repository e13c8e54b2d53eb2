import type { Format } from '@fluxwright/runtime/avro';
import { z } from 'zod';

/** What somebody publishes through this program. */
export interface Message {
  readonly text: string;
}

/** How messages look in a topic: the text alone, or a record with it where there is a schema registry. */
export function messageFormat(topic: string): Format<Message> {
  return {
    topic,
    schema: {
      type: 'record',
      name: 'Message',
      namespace: 'fluxwright',
      fields: [{ name: 'text', type: 'string' }],
    },
    check: z.object({ text: z.string() }),
    toPlain: ({ text }) => text,
    fromPlain: (text) => ({ text }),
  };
}
