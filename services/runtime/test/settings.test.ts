import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { commonSettings, httpUrl, readSettings, SettingsError } from '../src/settings';

const schema = z.object({
  ...commonSettings,
  TOPIC: z.string().describe('the topic to read'),
  DATABASE_PASSWORD: z.string().min(20).optional().describe('the password, 20 characters or more'),
  DATABASE_URL: z
    .url({ protocol: /^postgres$/ })
    .optional()
    .describe('the address of the database'),
});

function complaintAbout(env: Record<string, string>): string {
  try {
    readSettings(schema, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
  }
  throw new Error('nothing was refused');
}

test('what is not set has its default', () => {
  expect(readSettings(schema, { TOPIC: 'a' })).toEqual({
    TOPIC: 'a',
    LOG_LEVEL: 'info',
    STOP_GRACE_SECONDS: 25,
  });
});

test('a missing variable is named, with what it is for', () => {
  expect(complaintAbout({})).toContain('  TOPIC is missing: the topic to read');
});

test('a variable that is set to nothing counts as missing', () => {
  expect(complaintAbout({ TOPIC: ' ' })).toContain('TOPIC is missing');
});

test('every wrong variable has a line of its own, with its value and what was expected', () => {
  const lines = complaintAbout({ LOG_LEVEL: 'loud', STOP_GRACE_SECONDS: 'soon' }).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('LOG_LEVEL is "loud", expected: how much to log');
  expect(lines[2]).toContain('STOP_GRACE_SECONDS is "soon", expected: seconds for a clean stop');
});

test('secrets are not printed', () => {
  const text = complaintAbout({
    TOPIC: 'a',
    DATABASE_PASSWORD: 'hunter2',
    DATABASE_URL: 'mysql://me:hunter2@host/db',
  });
  expect(text).toContain('DATABASE_PASSWORD is "***"');
  expect(text).toContain('DATABASE_URL is "mysql://me:***@host/db"');
});

test.each([
  ['mysql://me:hun/ter:2@host/db', 'mysql://me:***@host/db'],
  ['mysql://me:hun@ter2@host/db', 'mysql://me:***@host/db'],
  ['mysql://hunter2@host', 'mysql://***@host'],
  ['me:hunter2@host', 'me:***@host'],
])('whatever a password looks like, it is not printed: %s', (DATABASE_URL, shown) => {
  expect(complaintAbout({ TOPIC: 'a', DATABASE_URL })).toContain(`DATABASE_URL is "${shown}"`);
});

test('more seconds than a timer can count are refused', () => {
  expect(complaintAbout({ TOPIC: 'a', STOP_GRACE_SECONDS: '3000000' })).toContain('STOP_GRACE_SECONDS is');
});

test('an address of HTTP has a host and no password', () => {
  const isRight = (url: string) => httpUrl.safeParse(url).success;
  expect(['http://orders:4000/graphql', 'https://orders'].map(isRight)).toEqual([true, true]);
  expect(['orders:4000/graphql', 'http://me:hunter2@orders', 'orders'].map(isRight)).toEqual([
    false,
    false,
    false,
  ]);
});
