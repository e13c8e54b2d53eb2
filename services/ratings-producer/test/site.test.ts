import { expect, test } from '@jest/globals';
import { encoder } from '@fluxwright/runtime/avro';
import { memoryKafka, testService } from '@fluxwright/runtime/testing';
import { ratingFormat, ratingIdHeader } from '../src/rating';
import { createRatings } from '../src/ratings';
import { site } from '../src/site';

const topic = 'erboh-ratings';

function started() {
  const kafka = memoryKafka();
  const service = testService();
  const ratings = createRatings({ kafka, topic, encode: encoder(service, {}, ratingFormat(topic)) });
  const app = site(service, ratings, topic);
  return { kafka, service, app, load: (path = '/', init?: RequestInit) => app.request(path, init) };
}

function rowsOf(page: string): string[] {
  const body = /<tbody[^>]*>([^]*)<\/tbody>/.exec(page)?.[1] ?? '';
  return body
    .split('</tr>')
    .map((row) => [...row.matchAll(/<td[^>]*>([^<]*)</g)].map(([, cell]) => cell).join('|'))
    .filter((row) => row !== '');
}

test('every load writes twenty ratings and shows exactly these', async () => {
  const { kafka, load } = started();
  await load();
  const response = await load();
  const written = kafka.messages(topic).map(({ value }) => String(value));
  expect(response.status).toBe(200);
  expect(written).toHaveLength(40);
  expect(rowsOf(await response.text())).toEqual(written.slice(20));
});

test('each rating has an id of its own', async () => {
  const { kafka, load } = started();
  await load();
  const ids = kafka.messages(topic).map(({ headers }) => headers[ratingIdHeader]);
  expect(new Set(ids).size).toBe(20);
});

test('the page says how many were written in all', async () => {
  const { load } = started();
  await load();
  expect(await (await load()).text()).toMatch(
    /<span id="total">40<\/span> ratings\s+written to\s+<strong>erboh-ratings<\/strong>/,
  );
});

test('while the broker is away the page says that nothing was written', async () => {
  const { kafka, load } = started();
  kafka.setDown(true);
  const response = await load();
  const page = await response.text();
  expect(response.status).toBe(503);
  expect(page).toContain('Nothing was written');
  expect(page).toContain('Kafka does not take messages now.');
  expect(rowsOf(page)).toEqual([]);
});

test('asking only for the head writes nothing, and nobody may answer from a cache', async () => {
  const { kafka, load } = started();
  const response = await load('/', { method: 'HEAD' });
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(kafka.messages(topic)).toEqual([]);
});

test('who watches sees what others write', async () => {
  const { kafka, load, service } = started();
  const events = (await load('/events')).body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await events?.read())?.value).toBe('data: {"total":0,"latest":[]}\n\n');
  await load();
  const event = (await events?.read())?.value ?? '';
  expect(JSON.parse(event.slice('data: '.length))).toMatchObject({ total: 20, latest: { length: 20 } });
  expect(kafka.messages(topic)).toHaveLength(20);
  await service.stop();
});

test('it is alive, and every other address is not found', async () => {
  const { load } = started();
  expect(await (await load('/health')).text()).toBe('Alive!');
  const missing = await load('/nowhere');
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain('We could not find that');
});
