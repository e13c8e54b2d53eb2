import { expect, test } from '@jest/globals';
import { openShop, type Shop } from './shop';

const placeOrder = `mutation place($input: NewOrder!) {
  placeOrder(input: $input) { id status reason totalCents customer { name balanceCents } payments { amountCents status } shipments { status carrier } }
}`;

const place = (shop: Shop, key: string, customerId: string, sku: string, quantity: number) =>
  shop.ask(placeOrder, { input: { key, customerId, lines: [{ sku, quantity }] } });

test('an order is answered with the shares of five services', async () => {
  const shop = await openShop();
  const { data, errors } = await place(shop, 'a', 'ada', 'tea', 2);
  expect(errors).toBeUndefined();
  expect(data?.['placeOrder']).toEqual({
    id: expect.any(String),
    status: 'CONFIRMED',
    reason: null,
    totalCents: 1_980,
    customer: { name: 'ada', balanceCents: 48_020 },
    payments: [{ amountCents: 1_980, status: 'CHARGED' }],
    shipments: [{ status: 'SCHEDULED', carrier: 'North Sea Freight' }],
  });
});

test('many orders cost each service one request and its store one look-up', async () => {
  const shop = await openShop();
  for (let order = 0; order < 12; order++)
    await place(shop, `order ${order}`, 'ada', order % 2 ? 'tea' : 'honey', 1);
  const { data, errors } = await shop.ask(`{
    orders(first: 12) {
      id customer { name balanceCents user { email } } lines { product { name priceCents } }
      payments { amountCents } shipments { status items { product { name } } } exchanges { id }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data?.['orders']).toHaveLength(12);
  expect(shop.requests.toSorted()).toMatchInlineSnapshot(`
[
  "customers",
  "exchanges",
  "fulfillment",
  "inventory",
  "orders",
  "payments",
  "payments",
  "users",
]
`);
  expect(Object.fromEntries(Object.entries(shop.stores).map(([name, { calls }]) => [name, calls])))
    .toMatchInlineSnapshot(`
{
  "customers": {
    "byIds": 1,
  },
  "exchangeSagas": {},
  "exchanges": {
    "byOrderIds": 1,
  },
  "fulfillment": {
    "byOrderIds": 1,
  },
  "inventory": {
    "bySkus": 2,
  },
  "orderSagas": {},
  "orders": {
    "newest": 1,
  },
  "payments": {
    "accounts": 1,
    "byOrderIds": 1,
  },
  "users": {
    "byIds": 1,
  },
}
`);
});
