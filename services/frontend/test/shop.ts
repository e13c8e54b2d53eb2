import { customersEndpoint, memoryCustomerStore } from '@fluxwright/customers/testing';
import {
  exchangeSteps,
  exchangesEndpoint,
  memoryExchangeStore,
  type ExchangeState,
} from '@fluxwright/exchanges/testing';
import { fulfillmentEndpoint, memoryShipmentStore } from '@fluxwright/fulfillment/testing';
import {
  graphqlClient,
  publicLimits,
  sagaDriver,
  sagaStarter,
  type GraphqlClient,
  type GraphqlEndpoint,
  type GraphqlHandler,
  type SagaDriver,
  type Send,
  type StartSaga,
  type Step,
} from '@fluxwright/graphql-runtime';
import {
  counted,
  localEndpoint,
  memorySagaStore,
  type MemorySagaStore,
} from '@fluxwright/graphql-runtime/testing';
import { inventoryEndpoint, memoryInventoryStore } from '@fluxwright/inventory/testing';
import { memoryOrderStore, orderSteps, ordersEndpoint, type OrderState } from '@fluxwright/orders/testing';
import { memoryPaymentStore, paymentsEndpoint } from '@fluxwright/payments/testing';
import { testService } from '@fluxwright/runtime/testing';
import { memoryUserStore, usersEndpoint } from '@fluxwright/users/testing';
import { loadSchema } from '../src/schema';

const names = ['users', 'customers', 'inventory', 'payments', 'fulfillment', 'orders', 'exchanges'] as const;
type Name = (typeof names)[number];

/** What a query is answered with. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: string[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** All services in one process, stitched, with a few things to sell. */
export async function openShop() {
  const handlers = new Map<string, GraphqlHandler>();
  const requests: string[] = [];
  const down = new Set<string>();
  const send: Send = async (url, init) => {
    const name = new URL(url).hostname;
    requests.push(name);
    const handle = down.has(name) ? undefined : handlers.get(name);
    if (!handle) throw new Error('connect ECONNREFUSED');
    return handle(new Request(url, init));
  };
  const backends = names.map((name) => ({ name, url: `http://${name}:4000/graphql` }));
  const stores = await openStores();
  const { endpoints, drivers } = makeEndpoints(stores, (name) =>
    graphqlClient(name, `http://${name}:4000/graphql`, send),
  );
  for (const [name, endpoint] of Object.entries(endpoints))
    handlers.set(name, localEndpoint(endpoint).handle);
  const schema = await loadSchema(backends, send);
  const { handle } = localEndpoint({ schema }, publicLimits);
  const ask = async (query: string, variables: object = {}): Promise<Answer> => {
    requests.length = 0;
    for (const { calls } of Object.values(stores)) for (const name of Object.keys(calls)) delete calls[name];
    const body = JSON.stringify({ query, variables });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    return (await (await handle(new Request('http://shop/graphql', init))).json()) as Answer;
  };
  const load = () => loadSchema(backends, send);
  const goOn = () => Promise.all(drivers.map((driver) => driver.driveNext()));
  return { schema, load, handle, ask, requests, down, stores, goOn };
}

/** The open shop. */
export type Shop = Awaited<ReturnType<typeof openShop>>;

async function openStores() {
  const orderSagas = memorySagaStore<OrderState>(() => new Date());
  const exchangeSagas = memorySagaStore<ExchangeState>(() => new Date());
  const stores = {
    users: counted(memoryUserStore()),
    customers: counted(memoryCustomerStore()),
    inventory: counted(memoryInventoryStore()),
    payments: counted(memoryPaymentStore()),
    fulfillment: counted(memoryShipmentStore({ DE: 'North Sea Freight', FR: 'Atlantic Post' })),
    orders: counted(memoryOrderStore(orderSagas)),
    exchanges: counted(memoryExchangeStore(exchangeSagas)),
    orderSagas: counted(orderSagas),
    exchangeSagas: counted(exchangeSagas),
  };
  await stockUp(stores);
  return stores;
}

type Stores = Awaited<ReturnType<typeof openStores>>;

async function stockUp({
  users,
  customers,
  inventory,
  payments,
}: Pick<Stores, 'users' | 'customers' | 'inventory' | 'payments'>) {
  const address = { street: 'Rosenweg 1', postcode: '10115', city: 'Berlin' };
  for (const [id, country, cents] of [
    ['ada', 'DE', 50_000],
    ['alan', 'FR', 2_000],
    ['grace', 'SH', 30_000],
  ] as const) {
    await users.counting.add({ id, email: `${id}@example.com`, displayName: id });
    await customers.counting.add({ id, userId: id, name: id, address: { ...address, country } });
    await payments.counting.topUp(id, id, cents);
  }
  await inventory.counting.addProduct({ sku: 'tea', name: 'Tea', priceCents: 990, available: 30 });
  await inventory.counting.addProduct({ sku: 'honey', name: 'Honey', priceCents: 890, available: 12 });
  await inventory.counting.addProduct({ sku: 'kettle', name: 'Kettle', priceCents: 14_900, available: 2 });
}

function makeEndpoints(stores: Stores, client: (name: Name) => GraphqlClient) {
  const partners = {
    customers: client('customers'),
    inventory: client('inventory'),
    payments: client('payments'),
    fulfillment: client('fulfillment'),
    orders: client('orders'),
  };
  const orderDriver = driverOf(stores.orderSagas.counting, orderSteps(partners));
  const exchangeDriver = driverOf(stores.exchangeSagas.counting, exchangeSteps(partners));
  const endpoints: Record<Name, GraphqlEndpoint> = {
    users: usersEndpoint(stores.users.counting),
    customers: customersEndpoint(stores.customers.counting),
    inventory: inventoryEndpoint(stores.inventory.counting),
    payments: paymentsEndpoint(stores.payments.counting),
    fulfillment: fulfillmentEndpoint(stores.fulfillment.counting),
    orders: ordersEndpoint({ store: stores.orders.counting, start: starter(orderDriver) }),
    exchanges: exchangesEndpoint({ store: stores.exchanges.counting, start: starter(exchangeDriver) }),
  };
  return { endpoints, drivers: [orderDriver, exchangeDriver] };
}

const pace = { leaseSeconds: 15, patienceSeconds: 60 };

function driverOf<State>(store: MemorySagaStore<State>, steps: readonly Step<State>[]): SagaDriver<State> {
  return sagaDriver({ store, steps, pace, now: () => new Date(), onFailure: () => undefined });
}

function starter<State>(driver: SagaDriver<State>): StartSaga<State> {
  return sagaStarter({ service: testService(), driver, pace, answerSeconds: 4 });
}
