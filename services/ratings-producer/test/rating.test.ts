import { expect, test } from '@jest/globals';
import { decoder, encoder } from '@fluxwright/runtime/avro';
import { testService } from '@fluxwright/runtime/testing';
import { generateRatings } from '../src/generate';
import { ratingFormat, voices } from '../src/rating';

const format = ratingFormat('erboh-ratings');
const decode = (text: string) => decoder({}, format)(Buffer.from(text));

test('a rating in a topic is battle|voice1|voice2|rating', async () => {
  const rating = { battle: 'Sappho vs Homer', voice1: 'Robot', voice2: 'Town crier', rating: 2 };
  const bytes = encoder(testService(), {}, format)(rating);
  expect(String(bytes)).toBe('Sappho vs Homer|Robot|Town crier|2');
  expect(await decode(String(bytes))).toEqual(rating);
});

test.each([
  '',
  'hello',
  'a|b|c',
  'a|b|c|3',
  'a|b|c|-1',
  'a|b|c|1.5',
  'a|b|c|',
  'a|b|c| 1',
  'a|b|c|1|2',
  '|b|c|1',
  `${'a'.repeat(101)}|b|c|1`,
])('%j is no rating', async (text) => {
  await expect(decode(text)).rejects.toThrow('not a message of erboh-ratings');
});

test('there are twenty, of two different voices each, from 0 to 2', () => {
  const ratings = generateRatings(Math.random);
  expect(ratings).toHaveLength(20);
  for (const { voice1, voice2, rating } of ratings) {
    expect(voices).toContain(voice1);
    expect(voices).toContain(voice2);
    expect(voice1).not.toBe(voice2);
    expect([0, 1, 2]).toContain(rating);
  }
});

test.each([0, 0.5, 1 - Number.EPSILON])('whatever chance says (%d), a rating is whole', (chance) => {
  const [first] = generateRatings(() => chance);
  expect(format.check.safeParse(first).success).toBe(true);
  expect(first?.voice1).not.toBe(first?.voice2);
});
