import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Lab } from '../../../src/lab';
import { waitFor } from '../../../src/lab';
import { browserTests } from '../../browser/browser';
import { hasChromium, withoutChromium } from '../../browser/chromium';
import { picture } from '../../browser/pictures';
import { prove } from '../proof';
import { asking } from './asking';
import { chromiumIn, publicUrl } from './browsing';
import { CLUSTER, MINUTES, runningLab } from './running';

const TOPIC = 'erboh-ratings';
const shown: string[] = [];
let lab: Lab;
let producer: string;
let consumer: string;

if (!hasChromium) process.stderr.write(`${withoutChromium}\n`);

const labTest = browserTests(() => chromiumIn(lab.plan));

beforeAll(async () => {
  lab = await runningLab();
  [producer, consumer] = (await Promise.all(
    ['producer', 'consumer'].map((name) => publicUrl(lab, { namespace: 'appdev', name: `ratings-${name}` })),
  )) as [string, string];
}, 12 * MINUTES);

afterAll(() => {
  if (shown.length === 0) return;
  prove('pages', [
    `## Pages of cluster \`${CLUSTER}\` in Chromium\n`,
    "Debian's Chromium, outside of the cluster and in its network, at the port that each node opens for a Service (`NodePort`). What it showed was compared with what was in Kafka.\n",
    ...shown.map((line) => `- ${line}`),
    '\n| ratings-producer | ratings-consumer |',
    '| --- | --- |',
    '| ![Ratings of voices](pictures/ratings-producer.png) | ![Ranking of voices](pictures/ratings-consumer.png) |',
    '| ![The shop](pictures/shop.png) | ![An order](pictures/shop-order.png) |',
    '',
  ]);
});

/** Asks Kafka itself. */
async function kafka(...question: readonly string[]): Promise<string> {
  const { pods, inside } = await asking(lab, { namespace: 'queuing', name: 'kafka' });
  const [action = '', ...args] = question;
  return inside(pods[0]!, 'kafka', action, '127.0.0.1:9092', ...args);
}

const inTopic = async (): Promise<string[]> => JSON.parse(await kafka('values', TOPIC)) as string[];

/** The ratings that the producer's page shows, in the form that they have in the topic. */
async function ratingsOn(page: Page): Promise<string[]> {
  const rows = await page.locator('#ratings tr').allInnerTexts();
  return rows.map((row) => row.split(/\s*\t\s*/).join('|'));
}

/** The sum of each voice on the consumer's page. */
async function sumsOn(page: Page): Promise<ReadonlyMap<string, number>> {
  const rows = await page.locator('#places tr').allInnerTexts();
  return new Map(
    rows.map((row) => {
      const [, voice = '', sum] = row.split(/\s*\t\s*/).filter(Boolean);
      return [voice, Number(sum)];
    }),
  );
}

/** What ratings add to the sums of their voices. */
function added(sums: ReadonlyMap<string, number>, ratings: readonly string[]): ReadonlyMap<string, number> {
  const after = new Map(sums);
  for (const [, one = '', other = '', rating] of ratings.map((line) => line.split('|')))
    for (const voice of [one, other]) after.set(voice, (after.get(voice) ?? 0) + Number(rating));
  return after;
}

labTest(
  'a load of the producer’s page writes twenty ratings to the topic, and shows them',
  async (open) => {
    const before = await inTopic();
    const page = await open(producer);
    const ratings = await ratingsOn(page);
    expect(ratings).toHaveLength(20);
    for (const rating of ratings) expect(rating).toMatch(/^[^|]+\|[^|]+\|[^|]+\|[0-2]$/);
    const after = await inTopic();
    expect(after).toHaveLength(before.length + 20);
    expect(after.toSorted()).toEqual([...before, ...ratings].toSorted());
    await page.reload();
    expect(await inTopic()).toHaveLength(before.length + 40);
    shown.push(
      `A load of the producer's page wrote 20 messages \`battle|voice1|voice2|0-2\` to \`${TOPIC}\`, and they were what it showed; another load, another 20.`,
    );
  },
  2 * MINUTES,
);

labTest(
  'the consumer’s page shows the sums by voice, and follows what the producer’s page writes without a load',
  async (open) => {
    await everythingIsRead();
    const ranking = await open(consumer);
    await ranking.locator('[data-state=on]').waitFor();
    const read = Number(await ranking.locator('#read').innerText());
    const before = await sumsOn(ranking);
    const ratings: string[] = [];
    for (let load = 0; load < 5; load++) {
      const page = await open(producer);
      await page.locator('[data-state=on]').waitFor();
      ratings.push(...(await ratingsOn(page)));
      if (load === 4) await picture(page, 'ratings-producer');
    }
    await ranking
      .locator('#read')
      .getByText(String(read + 100), { exact: true })
      .waitFor();
    const sums = await sumsOn(ranking);
    expect(sums).toEqual(added(before, ratings));
    expect([...sums.values()]).toEqual([...sums.values()].toSorted((one, other) => other - one));
    await picture(ranking, 'ratings-consumer');
    await everythingIsRead();
    shown.push(
      "Five more loads added to the sums on the consumer's page, open since before, what the hundred ratings say; its group `voiceRatingConsumer` had committed them all.",
    );
  },
  3 * MINUTES,
);

async function everythingIsRead(): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const left = await kafka('left', TOPIC, 'voiceRatingConsumer');
    return left === '0' ? undefined : `${left} messages`;
  };
  await waitFor({ what: 'the group has not committed everything', seconds: 60, missing });
}

labTest(
  'both programs of the ratings say that they are alive, and know no other page',
  async (open) => {
    for (const url of [producer, consumer]) {
      const alive = await open(`${url}health`);
      expect(await alive.locator('body').innerText()).toBe('Alive!');
      const page = await open(url);
      const answer = await page.goto(`${url}nowhere`);
      expect(answer?.status()).toBe(404);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('We could not find that');
    }
    shown.push('Both answer `/health` with `Alive!`, and every other address with 404.');
  },
  MINUTES,
);

labTest(
  'an order is placed on the shop’s page, and seen through by seven services',
  async (open) => {
    const page = await open(await publicUrl(lab, { namespace: 'shop', name: 'shop-frontend' }));
    await page.getByLabel('Who buys?').selectOption('ada');
    await page.getByLabel('Tea').fill('2');
    await page.getByLabel('Honey').fill('1');
    await page.getByRole('button', { name: 'Place the order' }).click();
    await page.getByRole('status').getByText('Confirmed').waitFor();
    const [, ...lines] = await page.getByRole('row').allInnerTexts();
    expect(lines).toEqual(['Forest honey\t1\t€8.90', 'Assam tea, 250 g\t2\t€9.90', 'Total\t€28.70']);
    await picture(page, 'shop-order');
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    const latest = page.getByRole('table', { name: 'The latest orders' });
    expect(await latest.innerText()).toContain('Confirmed\t€28.70');
    await picture(page, 'shop');
    shown.push("An order on the shop's page was confirmed, and stood among the latest.");
  },
  MINUTES,
);

labTest(
  'the pages of Consul list its servers and every instance of MySrv as healthy',
  async (open) => {
    const url = await publicUrl(lab, { namespace: 'discovery', name: 'consul-ui' });
    const page = await open(`${url}ui/dc1/services`);
    for (const [name, instances] of [
      ['consul', 3],
      ['mysrv', 2],
    ]) {
      const row = page.getByRole('listitem').filter({ has: page.getByText(String(name), { exact: true }) });
      await row.getByText(`${instances} instances`).waitFor();
    }
    shown.push('The pages of Consul listed `consul` with three instances and `mysrv` with two.');
  },
  MINUTES,
);
