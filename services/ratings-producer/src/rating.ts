import type { Format } from '@fluxwright/runtime/avro';
import { z } from 'zod';

/** How well two voices together did a battle: 0 to 2. */
export interface Rating {
  readonly battle: string;
  readonly voice1: string;
  readonly voice2: string;
  readonly rating: number;
}

/** The header that tells one rating from the next: a rating that arrives twice carries the same one. */
export const ratingIdHeader = 'rating-id';

/** The voices that take part. */
export const voices = [
  'Auctioneer',
  'Children’s television',
  'Film trailer',
  'Night radio',
  'Old sailor',
  'Opera diva',
  'Robot',
  'Sports announcer',
  'Stage whisper',
  'Town crier',
] as const;

/** How ratings look in a topic: `battle|voice1|voice2|rating`, or a record where there is a schema registry. */
export function ratingFormat(topic: string): Format<Rating> {
  return {
    topic,
    schema: {
      type: 'record',
      name: 'Rating',
      namespace: 'fluxwright',
      fields: [
        { name: 'battle', type: 'string' },
        { name: 'voice1', type: 'string' },
        { name: 'voice2', type: 'string' },
        { name: 'rating', type: 'int' },
      ],
    },
    check: z.object({ battle: name, voice1: name, voice2: name, rating: z.int().min(0).max(2) }),
    toPlain: ({ battle, voice1, voice2, rating }) => [battle, voice1, voice2, rating].join('|'),
    fromPlain: parsed,
  };
}

/** A bar would part the plain form; a page should not have to show more than a line. */
const name = z.string().regex(/^[^|\n]{1,100}$/, 'expected 1 to 100 characters on one line and no "|"');

function parsed(text: string): unknown {
  const [battle, voice1, voice2, rating, ...rest] = text.split('|');
  if (rest.length > 0) throw new Error(`expected battle|voice1|voice2|rating, got ${rest.length + 4} parts`);
  return { battle, voice1, voice2, rating: /^\d$/.test(rating ?? '') ? Number(rating) : rating };
}
