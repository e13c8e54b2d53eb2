import {
  checked,
  createSchema,
  grouped,
  idempotencyKey,
  type GraphqlEndpoint,
  type StartSaga,
} from '@fluxwright/graphql-runtime';
import DataLoader from 'dataloader';
import { z } from 'zod';
import type { Exchange, ExchangeState, ExchangeStore } from './store';

const typeDefs = /* GraphQL */ `
  "One piece of a product of an order, swapped for another product; the difference in price is charged or given back."
  type Exchange {
    id: ID!
    status: ExchangeStatus!
    "Why it was refused."
    refusal: String
    "Why the customer wanted it."
    reason: String!
    returnedSku: ID!
    replacementSku: ID!
    "What was bought and in which order, once found."
    order: Order
    returned: Product
    "What comes instead, once reserved."
    replacement: Product
  }
  enum ExchangeStatus {
    "Under way."
    REQUESTED
    "Reserved, settled, and with the carrier."
    AGREED
    "What had been done is being undone."
    WITHDRAWING
    REFUSED
  }
  type Order {
    id: ID!
    exchanges: [Exchange!]
  }
  type Product {
    sku: ID!
  }
  type Query {
    exchange(id: ID!): Exchange
    _ordersWithExchanges(ids: [ID!]!): [Order]!
  }
  type Mutation {
    "Asks for an exchange, once for each key."
    requestExchange(input: NewExchange!): Exchange!
  }
  input NewExchange {
    key: ID!
    orderId: ID!
    sku: ID!
    replacementSku: ID!
    reason: String!
  }
`;

const statuses = { forward: 'REQUESTED', done: 'AGREED', back: 'WITHDRAWING', undone: 'REFUSED' } as const;

const id = z.string().min(1).max(200);

const newExchange = z.object({
  key: idempotencyKey,
  orderId: id,
  sku: id,
  replacementSku: id,
  reason: z.string().trim().min(1).max(500),
});

interface Context {
  readonly exchangesByOrder: DataLoader<string, Exchange[]>;
}

interface Stub {
  readonly id: string;
}

/** What the endpoint works with. */
export interface ExchangesEndpointProps {
  readonly store: ExchangeStore;
  readonly start: StartSaga<ExchangeState>;
}

/** The exchanges' part of the schema. */
export function exchangesEndpoint({ store, start }: ExchangesEndpointProps): GraphqlEndpoint {
  const byOrders = async (ids: readonly string[]) =>
    grouped(ids, await store.byOrderIds(ids), ({ progress }) => progress.state.orderId);
  return {
    context: (): Context => ({ exchangesByOrder: new DataLoader(byOrders) }),
    schema: createSchema<Context>({
      typeDefs,
      resolvers: {
        Exchange: exchangeFields,
        Order: {
          exchanges: (order: Stub, _: unknown, context: Context) => context.exchangesByOrder.load(order.id),
        },
        Query: {
          exchange: async (_: unknown, { id }: Stub) => (await store.byIds([id]))[0],
          _ordersWithExchanges: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })),
        },
        Mutation: {
          requestExchange: async (_: unknown, { input }: { input: unknown }) => {
            const { key, ...wish } = checked(newExchange, input);
            const id = await start(wish, (saga) => store.request({ key, saga }));
            return (await store.byIds([id]))[0];
          },
        },
      },
    }),
  };
}

const exchangeFields = {
  status: ({ progress }: Exchange) => statuses[progress.status],
  refusal: ({ progress }: Exchange) => progress.reason,
  reason: ({ progress }: Exchange) => progress.state.reason,
  returnedSku: ({ progress }: Exchange) => progress.state.sku,
  replacementSku: ({ progress }: Exchange) => progress.state.replacementSku,
  order: ({ progress: { state } }: Exchange) => (state.bought ? { id: state.orderId } : null),
  returned: ({ progress: { state } }: Exchange) => (state.bought ? { sku: state.sku } : null),
  replacement: ({ progress: { state } }: Exchange) =>
    state.replacementCents === undefined ? null : { sku: state.replacementSku },
};
