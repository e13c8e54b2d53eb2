import { graphqlClient } from '../../services/graphql-runtime/src';
import { expect } from '@jest/globals';
import { openShop as openPages } from '../../services/frontend/src/shop';
import { addPages } from '../../services/frontend/src/site';
import { openShop } from '../../services/frontend/test/shop';
import { httpApp } from '../../services/runtime/src/http';
import { testService } from '../../services/runtime/src/testing';
import { barriers, browserTest, overflow, tabStops } from './browser';
import { serve } from './serve';

/** All eight programs with their stores in memory; what is added to `down` does not answer. */
async function openSite() {
  const { handle, down, goOn } = await openShop();
  const app = httpApp(testService('frontend'));
  app.all('/graphql', (c) => handle(c.req.raw));
  const client = graphqlClient('the shop', 'http://shop/graphql', (url, init) =>
    handle(new Request(url, init)),
  );
  addPages(app, openPages(client));
  return { url: await serve(app), down, goOn };
}

const confirmed = ['Honey\t1\t€8.90', 'Tea\t2\t€9.90', 'Total\t€28.70'];

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';
  browserTest(`${how} JavaScript an order is placed, and its page shows what became of it`, async (open) => {
    const page = await open((await openSite()).url, { javaScriptEnabled });
    await page.getByLabel('Who buys?').selectOption('ada, €500.00 to spend');
    await page.getByLabel('Tea').fill('2');
    await page.getByLabel('Honey').fill('1');
    await page.getByRole('button', { name: 'Place the order' }).click();
    expect(await page.getByRole('status').innerText()).toBe('Confirmed');
    expect(await page.getByRole('row').allInnerTexts()).toEqual(['Product\tQuantity\tPrice', ...confirmed]);
    expect(await page.locator('main').innerText()).toContain('With North Sea Freight to Berlin, scheduled');
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    const latest = page.getByRole('table', { name: 'The latest orders' });
    expect(await latest.innerText()).toContain('ada\tConfirmed\t€28.70');
  });
}

browserTest('an order under way is followed until it is confirmed', async (open) => {
  const { url, down, goOn } = await openSite();
  const page = await open(url);
  down.add('payments');
  await page.getByLabel('Tea').fill('2');
  await page.getByRole('button', { name: 'Place the order' }).click();
  const state = page.getByRole('status');
  expect(await state.innerText()).toBe('Under way');
  expect(await page.locator('#order').innerText()).toMatch(/Payments\s+Not known at this moment/);
  down.clear();
  while (!(await goOn()).includes(true)) await page.waitForTimeout(100);
  await state.getByText('Confirmed').waitFor();
  await page.getByRole('link', { name: 'Look again' }).waitFor({ state: 'detached' });
});

browserTest('what nobody can order is refused with what was typed still there', async (open) => {
  const page = await open((await openSite()).url);
  await page.getByLabel('Who buys?').selectOption('grace');
  await page.getByRole('button', { name: 'Place the order' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('Please order at least one thing.');
  expect(await page.getByLabel('Who buys?').inputValue()).toBe('grace');
  expect(await barriers(page)).toEqual([]);
});

browserTest('an order that nobody delivers says why it was cancelled', async (open) => {
  const page = await open((await openSite()).url);
  await page.getByLabel('Who buys?').selectOption('grace');
  await page.getByLabel('Tea').fill('1');
  await page.getByRole('button', { name: 'Place the order' }).click();
  expect(await page.getByRole('status').innerText()).toBe('Cancelled: no carrier delivers to SH');
  expect(await barriers(page)).toEqual([]);
});

browserTest(
  'an order is placed by keyboard alone, on a page without barriers that fits a telephone',
  async (open) => {
    const page = await open((await openSite()).url);
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    const stops = await tabStops(page, 5);
    expect(stops).toEqual(['Who buys?', 'Honey', 'Kettle', 'Tea', 'Place the order']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/orders/*');
    expect(await page.getByRole('status').innerText()).toBe('Confirmed');
  },
);

browserTest('while a service is away the shop is closed, and says so', async (open) => {
  const { url, down } = await openSite();
  down.add('inventory');
  const page = await open(url);
  expect(await page.getByRole('alert').innerText()).toContain('inventory does not answer');
  down.clear();
  await page.getByRole('link', { name: 'Look again' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('The shop');
});
