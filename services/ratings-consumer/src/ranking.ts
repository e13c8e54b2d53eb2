import { createListeners } from '@fluxwright/runtime';
import type { Live } from '@fluxwright/runtime/page';
import type { Rating } from '@fluxwright/ratings-producer/rating';

const LATEST = 20;
const REMEMBERED = 10_000;

/** A voice's place: the sum of all ratings that it had a part in. */
export interface Place {
  /** Counted from 1; voices with the same sum share a place. */
  readonly place: number;
  readonly voice: string;
  readonly sum: number;
}

/** What the page shows. */
export interface Standing {
  readonly places: readonly Place[];
  /** The ratings that were read last, newest first. */
  readonly latest: readonly Rating[];
  readonly read: number;
}

/** Adds ratings up. */
export interface Ranking extends Live<Standing> {
  /**
   * Counts a rating, unless one with the same id was counted before. Their order does not matter.
   *
   * @returns false when it names a voice that there is no room for; it then counts for nobody.
   */
  readonly count: (id: string, rating: Rating) => boolean;
}

/** A ranking in which the given voices have nothing yet, with room for so many voices in all. */
export function createRanking(voices: readonly string[], room: number): Ranking {
  const listeners = createListeners();
  const sums = new Map(voices.map((voice) => [voice, 0]));
  const counted = new Set<string>();
  let latest: readonly Rating[] = [];
  let read = 0;
  return {
    onChange: listeners.add,
    current: () => ({ places: placesOf(sums), latest, read }),
    count(id, rating) {
      const both = [rating.voice1, rating.voice2];
      const newcomers = new Set(both.filter((voice) => !sums.has(voice))).size;
      if (newcomers > 0 && sums.size + newcomers > room) return false;
      if (!remember(counted, id)) return true;
      for (const voice of both) sums.set(voice, (sums.get(voice) ?? 0) + rating.rating);
      latest = [rating, ...latest].slice(0, LATEST);
      read++;
      listeners.tell();
      return true;
    },
  };
}

function placesOf(sums: ReadonlyMap<string, number>): readonly Place[] {
  const sorted = [...sums].sort(
    ([one, sum], [other, otherSum]) => otherSum - sum || one.localeCompare(other, 'en'),
  );
  return sorted.map(([voice, sum]) => ({
    place: 1 + sorted.findIndex(([, first]) => first === sum),
    voice,
    sum,
  }));
}

/** Whether the id is new. The oldest ones are forgotten: what comes twice comes soon after. */
function remember(ids: Set<string>, id: string): boolean {
  if (ids.has(id)) return false;
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest);
  return true;
}
