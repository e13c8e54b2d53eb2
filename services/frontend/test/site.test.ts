import { graphqlClient, Refusal } from '@fluxwright/graphql-runtime';
import { httpApp } from '@fluxwright/runtime/http';
import { testService } from '@fluxwright/runtime/testing';
import { expect, test } from '@jest/globals';
import { openShop as openPages } from '../src/shop';
import { addPages } from '../src/site';
import { openShop } from './shop';

/** The pages over the whole shop, in process. */
async function openSite() {
  const shop = await openShop();
  const app = httpApp(testService('frontend'));
  addPages(
    app,
    openPages(
      graphqlClient('the shop', 'http://shop/graphql', (url, init) => shop.handle(new Request(url, init))),
    ),
  );
  const post = (form: Record<string, string>) =>
    app.request('/orders', { method: 'POST', body: new URLSearchParams(form) });
  return { app, post, shop, down: shop.down };
}

const filled = { key: 'k', customer: 'ada', 'quantity of tea': '2' };

test('the page offers what there is, with a key of its own each time', async () => {
  const { app } = await openSite();
  const [first, second] = [await (await app.request('/')).text(), await (await app.request('/')).text()];
  expect(first).toContain('ada, €500.00 to spend');
  expect(first).toContain('<label for="quantity of tea">Tea</label>');
  const key = /name="key" value="([^"]+)"/;
  expect(key.exec(first)?.[1]).toMatch(/^[0-9a-f-]{36}$/);
  expect(key.exec(first)?.[1]).not.toEqual(key.exec(second)?.[1]);
});

test('a form that was sent leads to the order, and sent again to the same', async () => {
  const { app, post } = await openSite();
  const response = await post(filled);
  expect(response.status).toBe(303);
  const location = response.headers.get('location') ?? '';
  expect((await post(filled)).headers.get('location')).toBe(location);
  const page = await (await app.request(location)).text();
  expect(page).toContain('<strong>Confirmed</strong>');
  expect(page).toContain('With North Sea Freight to Berlin, scheduled');
  expect(page).not.toContain('<script>');
});

test('an order under way can be looked at again, and follows by itself where scripts run', async () => {
  const { app, post, down } = await openSite();
  down.add('fulfillment');
  const location = (await post(filled)).headers.get('location') ?? '';
  const page = await (await app.request(location)).text();
  expect(page).toContain('<strong>Under way</strong>');
  expect(page).toContain('Not known at this moment');
  expect(page).toContain(`href="${location}">Look again</a>`);
  expect(page).toContain('<script>');
});

test('a form that is wrong comes back with what was typed and what is wrong', async () => {
  const { post } = await openSite();
  const response = await post({ ...filled, customer: 'grace', 'quantity of tea': '1.5' });
  expect(response.status).toBe(400);
  const page = await response.text();
  expect(page).toContain('Please give quantities as whole numbers.');
  expect(page).toContain('<option value="grace" selected');
  expect(page).toContain('value="1.5"');
});

test('an order that is no form is refused as incomplete', async () => {
  const { app } = await openSite();
  for (const [type, body] of [
    ['application/json', '{"key":"k","customer":"ada"}'],
    ['text/plain', 'key=k&customer=ada'],
    ['multipart/form-data', 'no boundary'],
  ] as const) {
    const response = await app.request('/orders', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect([type, response.status]).toEqual([type, 400]);
    expect(await response.text()).toContain('The form is incomplete');
  }
});

test('what somebody typed is text and never markup', async () => {
  const { post } = await openSite();
  const page = await (
    await post({ ...filled, key: '"><script>alert(1)</script>', 'quantity of tea': '<b>' })
  ).text();
  expect(page).not.toContain('<script>alert');
  expect(page).not.toContain('<b>');
});

test('while something that the shop needs is away, it says so', async () => {
  const { app, down } = await openSite();
  down.add('inventory');
  const response = await app.request('/');
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('inventory does not answer');
});

test('an order whose id is refused is not found', async () => {
  const refuse = () => Promise.reject(new Refusal('BAD_INPUT', 'text may not hold the character U+0000'));
  const app = httpApp(testService('frontend'));
  addPages(app, { order: refuse, offer: refuse, place: refuse });
  expect((await app.request('/orders/%00')).status).toBe(404);
});

test.each(['/orders/nothing', '/elsewhere'])('%s is not found', async (path) => {
  const { app } = await openSite();
  expect((await app.request(path)).status).toBe(404);
});

test('an order that costs more than numbers can say is refused, and the shop stays open', async () => {
  const { shop, app } = await openSite();
  const palace = { sku: 'palace', name: 'Palace', priceCents: 10_000_000, available: 1_000 };
  await shop.stores.inventory.counting.addProduct(palace);
  const placed = await shop.ask(
    `mutation { placeOrder(input: { key: "k", customerId: "ada", lines: [{ sku: "palace", quantity: 1000 }] }) { status reason totalCents } }`,
  );
  expect(placed).toEqual({
    data: {
      placeOrder: { status: 'CANCELLED', reason: 'an order may cost 100000.00 at most', totalCents: null },
    },
  });
  expect((await app.request('/')).status).toBe(200);
  expect(await shop.stores.inventory.counting.bySkus(['palace'])).toEqual([palace]);
});
