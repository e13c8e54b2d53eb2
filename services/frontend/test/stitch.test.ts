import { expect, test } from '@jest/globals';
import { printSchema } from 'graphql';
import { openShop, type Shop } from './shop';

const placeOrder = `mutation place($input: NewOrder!) {
  placeOrder(input: $input) {
    id status reason totalCents customer { name balanceCents } lines { sku product { available } }
    payments { amountCents status } shipments { status carrier }
  }
}`;

const place = async (shop: Shop, key: string, customerId: string, sku: string, quantity: number) => {
  const { data, errors } = await shop.ask(placeOrder, {
    input: { key, customerId, lines: [{ sku, quantity }] },
  });
  expect(errors).toBeUndefined();
  return data?.['placeOrder'] as { id: string };
};

const everything = `query everything($first: Int!) {
  orders(first: $first) {
    id customer { name balanceCents user { email } } lines { product { name priceCents } }
    payments { amountCents } shipments { status items { product { name } } } exchanges { id }
  }
}`;

test('an order is answered with the shares of five services', async () => {
  expect(await place(await openShop(), 'a', 'ada', 'tea', 2)).toEqual({
    id: expect.any(String),
    status: 'CONFIRMED',
    reason: null,
    totalCents: 1_980,
    customer: { name: 'ada', balanceCents: 48_020 },
    lines: [{ sku: 'tea', product: { available: 28 } }],
    payments: [{ amountCents: 1_980, status: 'CHARGED' }],
    shipments: [{ status: 'SCHEDULED', carrier: 'North Sea Freight' }],
  });
});

test('an order that nobody delivers gives back the money and the goods', async () => {
  expect(await place(await openShop(), 'a', 'grace', 'tea', 2)).toMatchObject({
    status: 'CANCELLED',
    reason: 'no carrier delivers to SH',
    customer: { balanceCents: 30_000 },
    lines: [{ product: { available: 30 } }],
    payments: [{ status: 'REFUNDED' }],
    shipments: [],
  });
});

test('an order that is not covered gives back the goods', async () => {
  expect(await place(await openShop(), 'a', 'alan', 'kettle', 1)).toMatchObject({
    status: 'CANCELLED',
    reason: 'the balance does not cover 149.00',
    lines: [{ product: { available: 2 } }],
    payments: [],
  });
});

test('an order by nobody or of nothing is cancelled, and can be looked at', async () => {
  const shop = await openShop();
  expect(await place(shop, 'a', 'nobody', 'tea', 1)).toMatchObject({
    reason: 'there is no customer nobody',
    customer: null,
  });
  expect(await place(shop, 'b', 'ada', 'nothing', 1)).toMatchObject({
    reason: 'there is no product nothing',
    lines: [{ sku: 'nothing', product: null }],
  });
});

test('the same key is the same order', async () => {
  const shop = await openShop();
  const { id } = await place(shop, 'a', 'ada', 'tea', 2);
  expect(await place(shop, 'a', 'ada', 'tea', 2)).toMatchObject({ id, customer: { balanceCents: 48_020 } });
});

test('an exchange settles the difference and sends the replacement', async () => {
  const shop = await openShop();
  const { id } = await place(shop, 'a', 'ada', 'tea', 2);
  const { data } = await shop.ask(
    `mutation exchange($input: NewExchange!) {
      requestExchange(input: $input) {
        status returned { name } replacement { name available }
        order { customer { balanceCents } payments { amountCents } shipments { items { product { name } quantity } } }
      }
    }`,
    { input: { key: 'x', orderId: id, sku: 'tea', replacementSku: 'honey', reason: 'too weak' } },
  );
  expect(data?.['requestExchange']).toEqual({
    status: 'AGREED',
    returned: { name: 'Tea' },
    replacement: { name: 'Honey', available: 11 },
    order: {
      customer: { balanceCents: 48_120 },
      payments: [{ amountCents: 1_980 }, { amountCents: -100 }],
      shipments: [
        { items: [{ product: { name: 'Tea' }, quantity: 2 }] },
        { items: [{ product: { name: 'Honey' }, quantity: 1 }] },
      ],
    },
  });
});

test('twelve orders with all their parts cost as many requests and look-ups as two', async () => {
  const shop = await openShop();
  for (let order = 0; order < 12; order++)
    await place(shop, `order ${order}`, 'ada', order % 2 ? 'tea' : 'honey', 1);
  const cost = async (first: number) => {
    const { data, errors } = await shop.ask(everything, { first });
    expect(errors).toBeUndefined();
    expect(data?.['orders']).toHaveLength(first);
    const lookUps = Object.entries(shop.stores).map(([name, { calls }]) => [name, { ...calls }]);
    return {
      requests: shop.requests.toSorted(),
      lookUps: Object.fromEntries(lookUps) as Record<string, unknown>,
    };
  };
  const two = await cost(2);
  expect(await cost(12)).toEqual(two);
  expect(two.requests).toEqual([
    'customers',
    'exchanges',
    'fulfillment',
    'inventory',
    'orders',
    'payments',
    'payments',
    'users',
  ]);
  expect(two.lookUps).toMatchObject({
    orders: { newest: 1 },
    customers: { byIds: 1 },
    users: { byIds: 1 },
    exchanges: { byOrderIds: 1 },
  });
});

test('lists within a service cost one look-up, too', async () => {
  const shop = await openShop();
  for (const customer of ['ada', 'alan', 'grace']) await place(shop, `of ${customer}`, customer, 'tea', 1);
  const { data } = await shop.ask('{ customers { orders { status } } }');
  expect(data).toEqual({
    customers: [
      { orders: [{ status: 'CONFIRMED' }] },
      { orders: [{ status: 'CONFIRMED' }] },
      { orders: [{ status: 'CANCELLED' }] },
    ],
  });
  expect(shop.stores.orders.calls).toEqual({ byCustomerIds: 1 });
});

test('what is between the services is not shown', async () => {
  const { schema } = await openShop();
  expect(printSchema(schema)).not.toMatch(/^ +_/m);
  expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).toSorted()).toEqual([
    'addProduct',
    'addStock',
    'createUser',
    'deliverShipment',
    'dispatchShipment',
    'placeOrder',
    'registerCustomer',
    'requestExchange',
    'topUp',
  ]);
});

test('when one service is away, the others still answer', async () => {
  const shop = await openShop();
  await place(shop, 'a', 'ada', 'tea', 2);
  shop.down.add('fulfillment');
  const { data, errors } = await shop.ask('{ orders { totalCents customer { name } shipments { status } } }');
  expect(data).toEqual({ orders: [{ totalCents: 1_980, customer: { name: 'ada' }, shipments: null }] });
  expect(errors).toMatchObject([
    { message: 'fulfillment does not answer', extensions: { code: 'UNAVAILABLE' } },
  ]);
});

test('an order waits for a service that is away', async () => {
  const shop = await openShop();
  shop.down.add('payments');
  const { data } = await shop.ask('mutation($input: NewOrder!) { placeOrder(input: $input) { id status } }', {
    input: { key: 'a', customerId: 'ada', lines: [{ sku: 'tea', quantity: 1 }] },
  });
  expect(data?.['placeOrder']).toMatchObject({ status: 'PENDING' });
});

test('a schema cannot be made while a service is away', async () => {
  const shop = await openShop();
  shop.down.add('users');
  await expect(shop.load()).rejects.toThrow('users does not answer');
});
