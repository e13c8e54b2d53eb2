import { PoisonMessage, type Service } from '@fluxwright/runtime';
import type { Decode } from '@fluxwright/runtime/avro';
import type { Handler } from '@fluxwright/runtime/kafka';
import { ratingIdHeader, type Rating } from '@fluxwright/ratings-producer/rating';
import { Counter } from 'prom-client';
import type { Ranking } from './ranking';

const LONGEST_ID = 100;

/** Counts each rating once. One without an id of its own is known by its place in the topic. */
export function countRatings(service: Service, ranking: Ranking, decode: Decode<Rating>): Handler {
  const leaveOut = leavingOut(service);
  return async ({ topic, partition, offset, value, headers }) => {
    const rating = await decode(value);
    const id = headers[ratingIdHeader] || `${topic}:${partition}:${offset}`;
    if (id.length > LONGEST_ID) throw new PoisonMessage(`a ${ratingIdHeader} of ${id.length} characters`);
    if (!ranking.count(id, rating)) leaveOut(rating);
  };
}

/** Anybody may write to a topic: what has no room is counted, and told of once, or the log would have no end either. */
function leavingOut(service: Service): (rating: Rating) => void {
  const leftOut = new Counter({
    name: 'ratings_left_out_total',
    help: 'Ratings that counted for nobody, as they named a voice beyond MAX_VOICES.',
    registers: [service.metrics],
  });
  let isTold = false;
  return ({ voice1, voice2 }) => {
    leftOut.inc();
    if (!isTold) service.log.warn({ voice1, voice2 }, 'there is no room for more voices: MAX_VOICES says so');
    isTold = true;
  };
}
