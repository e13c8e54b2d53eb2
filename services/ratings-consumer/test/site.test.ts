import { expect, test } from '@jest/globals';
import { decoder } from '@fluxwright/runtime/avro';
import { withDeadLetters } from '@fluxwright/runtime/kafka';
import { memoryKafka, testService } from '@fluxwright/runtime/testing';
import { ratingFormat, ratingIdHeader, voices } from '@fluxwright/ratings-producer/rating';
import { createRanking } from '../src/ranking';
import { countRatings } from '../src/read';
import { site } from '../src/site';

const topic = 'erboh-ratings';
const subscription = { topic, group: 'voiceRatingConsumer' };

function started() {
  const kafka = memoryKafka();
  const service = testService();
  const ranking = createRanking(voices, voices.length + 2);
  const handle = countRatings(service, ranking, decoder({}, ratingFormat(topic)));
  kafka.subscribe(subscription, withDeadLetters(service, kafka, 'dead', handle));
  const app = site(service, ranking, topic);
  const write = async (...ratings: [text: string, id?: string][]): Promise<void> => {
    const messages = ratings.map(([text, id]) => ({
      value: Buffer.from(text),
      headers: id === undefined ? {} : { [ratingIdHeader]: id },
    }));
    await kafka.publish(topic, messages);
    await kafka.deliver();
  };
  const page = async (): Promise<string> => (await app.request('/')).text();
  return { kafka, service, app, write, page };
}

function rankingOn(page: string): string[] {
  const rows = /<tbody id="places">([^]*?)<\/tbody>/.exec(page)?.[1]?.split('</tr>') ?? [];
  return rows.flatMap((row) => {
    const [, voice] = /<th scope="row">([^<]*)</.exec(row) ?? [];
    const [, sum] = /<td class="number">([^<]*)</.exec(row) ?? [];
    return voice === undefined ? [] : [`${voice} ${sum}`];
  });
}

test('the page ranks the voices by the sum of their ratings', async () => {
  const { write, page } = started();
  await write(['a vs b|Robot|Town crier|2'], ['a vs b|Town crier|Old sailor|1']);
  expect(rankingOn(await page()).slice(0, 4)).toEqual([
    'Town crier 3',
    'Robot 2',
    'Old sailor 1',
    'Auctioneer 0',
  ]);
});

test('every voice is on the page before anything was read', async () => {
  const page = await started().page();
  expect(rankingOn(page)).toHaveLength(voices.length);
  expect(page).toContain('None yet.');
});

test('ratings whose id is empty have none, and all count', async () => {
  const { write, page } = started();
  await write(['a vs b|Robot|Town crier|2', ''], ['a vs b|Robot|Town crier|2', '']);
  expect(rankingOn(await page())[0]).toBe('Robot 4');
});

test('a rating that was written twice counts once', async () => {
  const { write, page } = started();
  await write(['a vs b|Robot|Town crier|2', 'same'], ['a vs b|Robot|Town crier|2', 'same']);
  expect(rankingOn(await page())[0]).toBe('Robot 2');
});

test('a rating that is read twice counts once, even without an id', async () => {
  const { kafka, write, page } = started();
  await write(['a vs b|Robot|Town crier|2'], ['a vs b|Robot|Town crier|2']);
  kafka.rewind(subscription, 0);
  await kafka.deliver();
  expect(rankingOn(await page())[0]).toBe('Robot 4');
});

test('what is no rating is set aside, and those after it count', async () => {
  const { kafka, write, page } = started();
  await write(['hello'], ['a|b|c|9'], ['a vs b|Robot|Town crier|1']);
  expect(kafka.messages('dead').map(({ value }) => String(value))).toEqual(['hello', 'a|b|c|9']);
  expect(rankingOn(await page())[0]).toBe('Robot 1');
});

test('garbage without end makes neither page nor log longer, and is counted', async () => {
  const { kafka, service, app, write, page } = started();
  for (let number = 0; number < 500; number++) await write([`a vs b|new ${number}|newer ${number}|1`]);
  await write(['a vs b|Robot|Town crier|2']);
  const shown = rankingOn(await page());
  expect(shown).toHaveLength(voices.length + 2);
  expect(shown.slice(0, 4)).toEqual(['Robot 2', 'Town crier 2', 'new 0 1', 'newer 0 1']);
  expect(await (await app.request('/metrics')).text()).toMatch(/^ratings_left_out_total\S* 499$/m);
  expect(service.lines.filter(({ msg }) => String(msg).includes('MAX_VOICES'))).toEqual([
    expect.objectContaining({ voice1: 'new 1', voice2: 'newer 1' }),
  ]);
  expect(kafka.messages('dead')).toEqual([]);
});

test('an id that nobody would give a rating is not remembered', async () => {
  const { kafka, write, page } = started();
  await write(['a vs b|Robot|Town crier|2', 'x'.repeat(101)], ['a vs b|Robot|Town crier|1', 'x'.repeat(100)]);
  expect(rankingOn(await page())[0]).toBe('Robot 1');
  expect(kafka.messages('dead')[0]?.headers['dead-letter-reason']).toBe('a rating-id of 101 characters');
});

test('what is in the topic never becomes markup', async () => {
  const { write, page } = started();
  await write(['<b>a</b>|<script>alert(1)</script>|Robot|1']);
  const text = await page();
  expect(text).not.toContain('<script>alert');
  expect(text).not.toContain('<b>a');
});

test('while Kafka is away the page shows what was read, and says so', async () => {
  const { service, write, page } = started();
  await write(['a vs b|Robot|Town crier|2']);
  const notice = /<section class="notice" id="notice" role="alert" ([^>]*)>/;
  expect(notice.exec(await page())?.[1]).toBe('hidden');
  service.readiness.need('kafka', 'no broker answers');
  const text = await page();
  expect(notice.exec(text)?.[1]).toBe('');
  expect(text).toContain('Nothing new is read just now');
  expect(rankingOn(text)[0]).toBe('Robot 2');
});

test('who watches sees the ranking change', async () => {
  const { app, write, service } = started();
  const events = (await app.request('/events')).body?.pipeThrough(new TextDecoderStream()).getReader();
  await events?.read();
  await write(['a vs b|Robot|Town crier|2']);
  const event = (await events?.read())?.value ?? '';
  expect(JSON.parse(event.slice('data: '.length))).toMatchObject({
    read: 1,
    places: [{ voice: 'Robot', sum: 2 }, {}, {}, {}, {}, {}, {}, {}, {}, {}],
  });
  await service.stop();
});

test('it is alive, and every other address is not found', async () => {
  const { app } = started();
  expect(await (await app.request('/health')).text()).toBe('Alive!');
  expect((await app.request('/nowhere')).status).toBe(404);
});
