import { voices, type Rating } from './rating';

const battles = [
  'Ada Lovelace vs Charles Babbage',
  'Cleopatra vs Julius Caesar',
  'Galileo Galilei vs Johannes Kepler',
  'Joan of Arc vs William Wallace',
  'Marie Curie vs Nikola Tesla',
  'Mozart vs Salieri',
  'Sappho vs Homer',
  'Shakespeare vs Cervantes',
] as const;

const RATINGS_A_LOAD = 20;

/** Twenty ratings. `random` gives numbers from 0 to, but not including, 1. */
export function generateRatings(random: () => number): readonly Rating[] {
  return Array.from({ length: RATINGS_A_LOAD }, () => generateRating(random));
}

function generateRating(random: () => number): Rating {
  const first = below(voices.length, random);
  const second = (first + 1 + below(voices.length - 1, random)) % voices.length;
  const battle = battles[below(battles.length, random)] ?? battles[0];
  return {
    battle,
    voice1: voices[first] ?? voices[0],
    voice2: voices[second] ?? voices[0],
    rating: below(3, random),
  };
}

function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}
