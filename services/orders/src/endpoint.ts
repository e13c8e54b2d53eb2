import {
  checked,
  createSchema,
  grouped,
  idempotencyKey,
  inOrder,
  pageLength,
  type GraphqlEndpoint,
  type StartSaga,
} from '@fluxwright/graphql-runtime';
import DataLoader from 'dataloader';
import { z } from 'zod';
import { totalCents } from './steps';
import type { Order, OrderState, OrderStore, Wish } from './store';

const typeDefs = /* GraphQL */ `
  type Order {
    id: ID!
    status: OrderStatus!
    "Why it was cancelled."
    reason: String
    "What it costs; known as soon as the stock is reserved."
    totalCents: Int
    "When, in UTC, as ISO 8601 has it."
    placedAt: String!
    customerId: ID!
    "The customer, once found."
    customer: Customer
    lines: [OrderLine!]!
  }
  enum OrderStatus {
    "Under way."
    PENDING
    "Reserved, paid, and with the carrier."
    CONFIRMED
    "Refused; what had been done is being undone."
    CANCELLING
    CANCELLED
  }
  type OrderLine {
    sku: ID!
    "The product, once reserved."
    product: Product
    quantity: Int!
    "What one piece costs in this order."
    priceCents: Int
  }
  type Customer {
    id: ID!
    "The newest ten, newest first."
    orders: [Order!]
  }
  type Product {
    sku: ID!
  }
  type Query {
    order(id: ID!): Order
    "Newest first."
    orders(first: Int! = 20): [Order!]!
    _ordersById(ids: [ID!]!): [Order]!
    _customersWithOrders(ids: [ID!]!): [Customer]!
  }
  type Mutation {
    "Places an order, once for each key. It may still be PENDING when this returns: look again."
    placeOrder(input: NewOrder!): Order!
  }
  input NewOrder {
    key: ID!
    customerId: ID!
    lines: [OrderLineInput!]!
  }
  input OrderLineInput {
    sku: ID!
    quantity: Int!
  }
`;

const statuses = { forward: 'PENDING', done: 'CONFIRMED', back: 'CANCELLING', undone: 'CANCELLED' } as const;

const newOrder = z.object({
  key: idempotencyKey,
  customerId: z.string().min(1).max(200),
  lines: z
    .array(z.object({ sku: z.string().min(1).max(200), quantity: z.number().int().min(1).max(1_000) }))
    .min(1)
    .max(100),
});

interface Context {
  readonly ordersByCustomer: DataLoader<string, Order[]>;
}

interface Stub {
  readonly id: string;
}

/** What the endpoint works with. */
export interface OrdersEndpointProps {
  readonly store: OrderStore;
  readonly start: StartSaga<OrderState>;
}

/** The orders' part of the schema. */
export function ordersEndpoint({ store, start }: OrdersEndpointProps): GraphqlEndpoint {
  const byIds = async (ids: readonly string[]) => inOrder(ids, await store.byIds(ids), ({ id }) => id);
  const byCustomers = async (ids: readonly string[]) =>
    grouped(ids, await store.byCustomerIds(ids), ({ progress }) => progress.state.customerId);
  return {
    context: (): Context => ({ ordersByCustomer: new DataLoader(byCustomers) }),
    schema: createSchema<Context>({
      typeDefs,
      resolvers: {
        Order: orderFields,
        Customer: {
          orders: ({ id }: Stub, _: unknown, context: Context) => context.ordersByCustomer.load(id),
        },
        Query: {
          order: async (_: unknown, { id }: Stub) => (await byIds([id]))[0],
          orders: (_: unknown, { first }: { first: number }) => store.newest(checked(pageLength, first)),
          _ordersById: (_: unknown, { ids }: { ids: string[] }) => byIds(ids),
          _customersWithOrders: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })),
        },
        Mutation: {
          placeOrder: async (_: unknown, { input }: { input: unknown }) => {
            const { key, customerId, lines } = checked(newOrder, input);
            const wish = { customerId, lines: summed(lines) };
            const id = await start(wish, (saga) => store.place({ key, wish, saga }));
            return (await byIds([id]))[0];
          },
        },
      },
    }),
  };
}

const orderFields = {
  status: ({ progress }: Order) => statuses[progress.status],
  reason: ({ progress }: Order) => progress.reason,
  totalCents: ({ progress }: Order) => progress.state.priced && totalCents(progress.state.priced),
  placedAt: ({ placedAt }: Order) => placedAt.toISOString(),
  customerId: ({ progress }: Order) => progress.state.customerId,
  customer: ({ progress: { state } }: Order) => (state.recipient ? { id: state.customerId } : null),
  lines: ({ progress: { state } }: Order) =>
    state.priced?.map((line) => ({ ...line, product: { sku: line.sku } })) ?? state.lines,
};

/** Each product once, with all that is wanted of it. */
function summed(lines: Wish['lines']): Wish['lines'] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}
