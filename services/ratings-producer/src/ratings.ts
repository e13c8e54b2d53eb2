import { randomUUID } from 'node:crypto';
import { createListeners } from '@fluxwright/runtime';
import type { Encode } from '@fluxwright/runtime/avro';
import type { KafkaPort, OutgoingMessage } from '@fluxwright/runtime/kafka';
import type { Live } from '@fluxwright/runtime/page';
import { generateRatings } from './generate';
import { ratingIdHeader, type Rating } from './rating';

/** The ratings that were written last, and how many in all since the program started. */
export interface Written {
  readonly total: number;
  readonly latest: readonly Rating[];
}

/** Writes ratings, and tells whoever watches. */
export interface Ratings extends Live<Written> {
  /** Writes twenty ratings and returns them once the brokers have them. */
  readonly write: () => Promise<readonly Rating[]>;
}

/** What ratings are written with. */
export interface Writing {
  readonly kafka: KafkaPort;
  readonly topic: string;
  readonly encode: Encode<Rating>;
}

/** Nothing written yet. */
export function createRatings({ kafka, topic, encode }: Writing): Ratings {
  const listeners = createListeners();
  let written: Written = { total: 0, latest: [] };
  return {
    current: () => written,
    onChange: listeners.add,
    async write() {
      const latest = generateRatings(Math.random);
      await kafka.publish(
        topic,
        latest.map((rating, index) => message(index, encode(rating))),
      );
      written = { total: written.total + latest.length, latest };
      listeners.tell();
      return latest;
    },
  };
}

function message(index: number, value: Buffer): OutgoingMessage {
  return { key: String(index), value, headers: { [ratingIdHeader]: randomUUID() } };
}
