import type { Decode } from '@fluxwright/runtime/avro';
import type { Handler } from '@fluxwright/runtime/kafka';
import { ratingIdHeader, type Rating } from '@fluxwright/ratings-producer/rating';
import type { Ranking } from './ranking';

/** Counts each rating once. One without an id of its own is known by its place in the topic. */
export function countRatings(ranking: Ranking, decode: Decode<Rating>): Handler {
  return async ({ topic, partition, offset, value, headers }) => {
    const rating = await decode(value);
    ranking.count(headers[ratingIdHeader] ?? `${topic}:${partition}:${offset}`, rating);
  };
}
