import { expect } from '@jest/globals';
import { barriers, browserTest, overflow, tabStops } from './browser';
import { openRatings } from './ratings';
import { cutConnections } from './serve';

const rows = '#ratings tr';

browserTest('without JavaScript every load of the producer’s page writes twenty ratings', async (open) => {
  const { kafka, producer } = await openRatings();
  const page = await open(producer, { javaScriptEnabled: false });
  await page.getByRole('link', { name: 'Write twenty more' }).click();
  expect(kafka.messages('erboh-ratings')).toHaveLength(40);
  expect(await page.locator(rows).count()).toBe(20);
  expect(await page.locator('#total').textContent()).toBe('40');
});

browserTest('the producer’s page shows what anybody writes, without a load', async (open) => {
  const { kafka, producer } = await openRatings();
  const watching = await open(producer);
  await watching.locator('[data-state=on]').waitFor();
  const [first] = await watching.locator(rows).allTextContents();
  const other = await open(producer, { javaScriptEnabled: false });
  await watching.locator('#total').getByText('40').waitFor();
  expect(await watching.locator(rows).allInnerTexts()).toEqual(await other.locator(rows).allInnerTexts());
  expect(await watching.locator(rows).first().textContent()).not.toBe(first);
  expect(kafka.messages('erboh-ratings')).toHaveLength(40);
});

browserTest('with JavaScript, twenty more are written where one is', async (open) => {
  const { kafka, producer } = await openRatings();
  const page = await open(producer);
  await page.locator('[data-state=on]').waitFor();
  let loads = 0;
  page.on('load', () => loads++);
  await page.getByRole('link', { name: 'Write twenty more' }).click();
  await page.locator('#total').getByText('40').waitFor();
  expect(kafka.messages('erboh-ratings')).toHaveLength(40);
  expect(loads).toBe(0);
});

browserTest('while Kafka is away the producer’s page says so, and its button tries again', async (open) => {
  const { kafka, producer } = await openRatings();
  kafka.setDown(true);
  const page = await open(producer);
  expect(await page.getByRole('alert').innerText()).toContain('Kafka does not take messages now.');
  expect(await barriers(page)).toEqual([]);
  kafka.setDown(false);
  await page.getByRole('link', { name: 'Write twenty more' }).click();
  expect(await page.locator(rows).count()).toBe(20);
});

browserTest('without JavaScript the consumer’s page shows the ranking as of its load', async (open) => {
  const { kafka, consumer, publish } = await openRatings();
  const page = await open(consumer, { javaScriptEnabled: false });
  expect(await page.locator('#latest').innerText()).toContain('None yet.');
  await publish('A vs B|Robot|Opera diva|2', 'A vs B|Robot|Old sailor|1');
  await kafka.deliver();
  await page.reload();
  const places = await page.locator('#places tr').allInnerTexts();
  expect(places.slice(0, 3).map((row) => row.split(/\s*\t\s*/).filter(Boolean))).toEqual([
    ['1', 'Robot', '3'],
    ['2', 'Opera diva', '2'],
    ['3', 'Old sailor', '1'],
  ]);
});

browserTest('what is written on one page changes the ranking on the other', async (open) => {
  const { kafka, producer, consumer } = await openRatings();
  const ranking = await open(consumer);
  await ranking.locator('[data-state=on]').waitFor();
  for (let load = 0; load < 5; load++) await open(producer, { javaScriptEnabled: false });
  await kafka.deliver();
  await ranking.locator('#read').getByText('100', { exact: true }).waitFor();
  const sums = (await ranking.locator('#places .number').allInnerTexts()).map(Number);
  const given = kafka.messages('erboh-ratings').map(({ value }) => Number(String(value).at(-1)));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  expect(sum(sums)).toBe(2 * sum(given));
  expect(sums).toEqual(sums.toSorted((one, other) => other - one));
});

browserTest('the live ranking looks as the loaded one', async (open) => {
  const { kafka, consumer, publish } = await openRatings();
  const page = await open(consumer);
  await page.locator('[data-state=on]').waitFor();
  await publish('A vs B|Robot|Opera diva|2', 'A vs B|<b>Robot</b>|Opera diva|1');
  await kafka.deliver();
  await page.locator('#read').getByText('2', { exact: true }).waitFor();
  const shown = () => page.locator('main').ariaSnapshot();
  const live = await shown();
  expect(live).toContain('<b>Robot</b>');
  await page.reload();
  expect(live).toBe(await shown());
});

browserTest(
  'while Kafka is away the ranking says that it is an old one, and stops saying it',
  async (open) => {
    const { reading, consumer } = await openRatings();
    reading.unmet('no broker answers');
    const page = await open(consumer);
    expect(await page.getByRole('alert').innerText()).toContain('Kafka does not answer.');
    expect(await barriers(page)).toEqual([]);
    await page.locator('[data-state=on]').waitFor();
    reading.met();
    await page.getByRole('alert').waitFor({ state: 'hidden' });
  },
);

browserTest('a page whose connection is cut says so, and connects again by itself', async (open) => {
  const page = await open((await openRatings()).consumer);
  await page.locator('[data-state=on]').waitFor();
  cutConnections();
  await page.locator('[data-state=off]').waitFor();
  await page.locator('[data-state=on]').waitFor();
});

browserTest('both pages have no barriers, fit a telephone, and are used by keyboard', async (open) => {
  const { kafka, producer, consumer } = await openRatings();
  const writing = await open(producer);
  await writing.locator('[data-state=on]').waitFor();
  await kafka.deliver();
  const ranking = await open(consumer);
  for (const page of [writing, ranking]) {
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  }
  expect(await tabStops(writing, 1)).toEqual(['Write twenty more']);
  await writing.keyboard.press('Enter');
  await writing.locator('#total').getByText('40').waitFor();
});
