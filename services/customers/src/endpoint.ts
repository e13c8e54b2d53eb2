import { randomUUID } from 'node:crypto';
import {
  checked,
  createSchema,
  inOrder,
  pageLength,
  type GraphqlEndpoint,
} from '@fluxwright/graphql-runtime';
import DataLoader from 'dataloader';
import { z } from 'zod';
import type { Customer, CustomerStore } from './store';

const typeDefs = /* GraphQL */ `
  "Somebody who buys."
  type Customer {
    id: ID!
    name: String!
    address: Address!
    user: User
  }
  "Where parcels go."
  type Address {
    street: String!
    postcode: String!
    city: String!
    "Two letters, as ISO 3166 has them."
    country: String!
  }
  type User {
    id: ID!
    customer: Customer
  }
  type Query {
    customer(id: ID!): Customer
    customers(first: Int! = 20, after: ID! = ""): [Customer!]!
    _customersById(ids: [ID!]!): [Customer]!
    _usersWithCustomer(ids: [ID!]!): [User]!
  }
  type Mutation {
    registerCustomer(input: NewCustomer!): Customer!
  }
  input NewCustomer {
    userId: ID!
    name: String!
    address: NewAddress!
  }
  input NewAddress {
    street: String!
    postcode: String!
    city: String!
    country: String!
  }
`;

const text = z.string().trim().min(1).max(200);

const newCustomer = z.object({
  userId: text,
  name: text,
  address: z.object({
    street: text,
    postcode: text,
    city: text,
    country: z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as DE'),
  }),
});

interface Context {
  readonly customersByUser: DataLoader<string, Customer | null>;
}

/** The customers' part of the schema. */
export function customersEndpoint(store: CustomerStore): GraphqlEndpoint {
  const byIds = async (ids: readonly string[]) => inOrder(ids, await store.byIds(ids), ({ id }) => id);
  const byUserIds = async (ids: readonly string[]) =>
    inOrder(ids, await store.byUserIds(ids), ({ userId }) => userId);
  return {
    context: (): Context => ({ customersByUser: new DataLoader(byUserIds) }),
    schema: createSchema<Context>({
      typeDefs,
      resolvers: {
        Query: {
          customer: async (_: unknown, { id }: { id: string }) => (await byIds([id]))[0],
          customers: (_: unknown, page: { first: number; after: string }) =>
            store.list(checked(pageLength, page.first), page.after),
          _customersById: (_: unknown, { ids }: { ids: string[] }) => byIds(ids),
          _usersWithCustomer: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })),
        },
        Customer: { user: ({ userId }: Customer) => ({ id: userId }) },
        User: {
          customer: ({ id }: { id: string }, _: unknown, context: Context) =>
            context.customersByUser.load(id),
        },
        Mutation: {
          registerCustomer: (_: unknown, { input }: { input: unknown }) =>
            store.add({ id: randomUUID(), ...checked(newCustomer, input) }),
        },
      },
    }),
  };
}
