import { expect, test } from '@jest/globals';
import type { Rating } from '@fluxwright/ratings-producer/rating';
import * as fc from 'fast-check';
import { createRanking } from '../src/ranking';

const voices = ['Robot', 'Town crier', 'Old sailor'];
const rating = (voice1: string, voice2: string, points: number): Rating => ({
  battle: 'a vs b',
  voice1,
  voice2,
  rating: points,
});

function rankingOf(...ratings: [string, Rating][]) {
  const ranking = createRanking(voices, 10);
  for (const [id, one] of ratings) ranking.count(id, one);
  return ranking.current();
}

test('nobody has anything to begin with, and voices are in the order of their names', () => {
  expect(rankingOf()).toEqual({
    places: [
      { place: 1, voice: 'Old sailor', sum: 0 },
      { place: 1, voice: 'Robot', sum: 0 },
      { place: 1, voice: 'Town crier', sum: 0 },
    ],
    latest: [],
    read: 0,
  });
});

test('a rating counts for both voices; the highest sum is first, and equal sums share a place', () => {
  const { places } = rankingOf(
    ['1', rating('Robot', 'Town crier', 2)],
    ['2', rating('Robot', 'Old sailor', 2)],
  );
  expect(places).toEqual([
    { place: 1, voice: 'Robot', sum: 4 },
    { place: 2, voice: 'Old sailor', sum: 2 },
    { place: 2, voice: 'Town crier', sum: 2 },
  ]);
});

test('a voice that nobody knew takes part', () => {
  expect(rankingOf(['1', rating('Choir', 'Robot', 1)]).places.map(({ voice }) => voice)).toContain('Choir');
});

test('a voice that there is no room for leaves all as it is, and those that have a place go on', () => {
  const ranking = createRanking(voices, 4);
  expect(ranking.count('1', rating('Choir', 'Robot', 1))).toBe(true);
  const before = ranking.current();
  expect(ranking.count('2', rating('Robot', 'Ghost', 2))).toBe(false);
  expect(ranking.count('3', rating('Ghost', 'Ghost', 2))).toBe(false);
  expect(ranking.current()).toEqual(before);
  expect(ranking.count('4', rating('Choir', 'Robot', 2))).toBe(true);
  expect(ranking.current()).toMatchObject({ read: 2, places: [{ sum: 3 }, { sum: 3 }, {}, {}] });
});

test('two new voices need room for two', () => {
  const both = rating('Choir', 'Ghost', 1);
  expect(createRanking(voices, 4).count('1', both)).toBe(false);
  expect(createRanking(voices, 5).count('1', both)).toBe(true);
});

test('the latest twenty are remembered, newest first', () => {
  const { latest, read } = rankingOf(
    ...Array.from({ length: 25 }, (_, index): [string, Rating] => [
      String(index),
      { ...rating('Robot', 'Town crier', 1), battle: `battle ${index}` },
    ]),
  );
  expect(latest).toHaveLength(20);
  expect([latest[0]?.battle, latest[19]?.battle]).toEqual(['battle 24', 'battle 5']);
  expect(read).toBe(25);
});

test('neither their order nor how often they come changes the ranking', () => {
  const oneRating = fc.record({
    voice1: fc.constantFrom(...voices),
    voice2: fc.constantFrom(...voices),
    points: fc.nat(2),
  });
  const arrivals = fc.array(oneRating, { minLength: 1, maxLength: 30 }).chain((ratings) => {
    const sent = ratings.map(({ voice1, voice2, points }, index): [string, Rating] => [
      String(index),
      rating(voice1, voice2, points),
    ]);
    const disordered = fc.shuffledSubarray([...sent, ...sent], { minLength: sent.length * 2 });
    return fc.tuple(fc.constant(sent), disordered);
  });
  fc.assert(
    fc.property(arrivals, ([sent, received]) => {
      expect(rankingOf(...received).places).toEqual(rankingOf(...sent).places);
      expect(rankingOf(...received).read).toBe(sent.length);
    }),
  );
});

test('listeners hear of what counted, not of what came twice', () => {
  const ranking = createRanking(voices, 10);
  let heard = 0;
  ranking.onChange(() => heard++);
  ranking.count('1', rating('Robot', 'Town crier', 2));
  ranking.count('1', rating('Robot', 'Town crier', 2));
  expect(heard).toBe(1);
});

test('ids are not remembered for ever', () => {
  const ranking = createRanking(voices, 10);
  for (let id = 0; id <= 10_000; id++) ranking.count(String(id), rating('Robot', 'Town crier', 0));
  ranking.count('0', rating('Robot', 'Town crier', 0));
  ranking.count('10000', rating('Robot', 'Town crier', 0));
  expect(ranking.current().read).toBe(10_002);
});
