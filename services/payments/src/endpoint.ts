import { randomUUID } from 'node:crypto';
import {
  checked,
  createSchema,
  grouped,
  idempotencyKey,
  inOrder,
  type GraphqlEndpoint,
} from '@fluxwright/graphql-runtime';
import DataLoader from 'dataloader';
import { z } from 'zod';
import type { Account, Payment, PaymentStore } from './store';

const typeDefs = /* GraphQL */ `
  "Money that a customer paid for an order, or got back where it is negative."
  type Payment {
    id: ID!
    amountCents: Int!
    status: PaymentStatus!
  }
  enum PaymentStatus {
    CHARGED
    REFUNDED
  }
  type Customer {
    id: ID!
    "What the customer has left to spend."
    balanceCents: Int
  }
  type Order {
    id: ID!
    payments: [Payment!]
  }
  type Query {
    _customersWithBalance(ids: [ID!]!): [Customer]!
    _ordersWithPayments(ids: [ID!]!): [Order]!
  }
  type Mutation {
    "Adds to a customer's balance, once for each key."
    topUp(key: ID!, customerId: ID!, amountCents: Int!): Customer!
    _charge(key: ID!, orderId: ID!, customerId: ID!, amountCents: Int!): Payment!
    "Gives back what was charged with the key; a key that was not charged yet never will be."
    _refund(key: ID!): Boolean!
  }
`;

const topUp = z.object({
  key: idempotencyKey,
  customerId: z.string().min(1),
  amountCents: z.number().int().min(1).max(10_000_000),
});

const charge = z.object({
  key: idempotencyKey,
  orderId: z.string().min(1),
  customerId: z.string().min(1),
  amountCents: z.number().int().min(-1_000_000_000).max(1_000_000_000),
});

interface Context {
  readonly accounts: DataLoader<string, Account | null>;
  readonly payments: DataLoader<string, Payment[]>;
}

interface Stub {
  readonly id: string;
}

/** The payments' part of the schema. */
export function paymentsEndpoint(store: PaymentStore): GraphqlEndpoint {
  const accounts = async (ids: readonly string[]) =>
    inOrder(ids, await store.accounts(ids), ({ customerId }) => customerId);
  const payments = async (ids: readonly string[]) =>
    grouped(ids, await store.byOrderIds(ids), ({ orderId }) => orderId);
  return {
    context: (): Context => ({ accounts: new DataLoader(accounts), payments: new DataLoader(payments) }),
    schema: createSchema<Context>({
      typeDefs,
      resolvers: {
        Query: { _customersWithBalance: stubs, _ordersWithPayments: stubs },
        Customer: {
          balanceCents: async ({ id }: Stub, _: unknown, context: Context) =>
            (await context.accounts.load(id))?.balanceCents ?? 0,
        },
        Order: { payments: ({ id }: Stub, _: unknown, context: Context) => context.payments.load(id) },
        Mutation: {
          topUp: async (_: unknown, input: unknown) => {
            const { key, customerId, amountCents } = checked(topUp, input);
            const account = await store.topUp(key, customerId, amountCents);
            return { id: account.customerId };
          },
          _charge: (_: unknown, input: unknown) =>
            store.charge({ id: randomUUID(), ...checked(charge, input) }),
          _refund: async (_: unknown, { key }: { key: string }) => {
            await store.refund(checked(idempotencyKey, key));
            return true;
          },
        },
      },
    }),
  };
}

function stubs(_: unknown, { ids }: { ids: string[] }): Stub[] {
  return ids.map((id) => ({ id }));
}
