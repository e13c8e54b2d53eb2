import { randomUUID } from 'node:crypto';
import {
  checked,
  createSchema,
  inOrder,
  pageLength,
  type GraphqlEndpoint,
} from '@fluxwright/graphql-runtime';
import { z } from 'zod';
import type { UserStore } from './store';

const typeDefs = /* GraphQL */ `
  "Somebody who may sign in."
  type User {
    id: ID!
    email: String!
    displayName: String!
  }
  type Query {
    user(id: ID!): User
    users(first: Int! = 20, after: ID! = ""): [User!]!
    _usersById(ids: [ID!]!): [User]!
  }
  type Mutation {
    createUser(input: NewUser!): User!
  }
  input NewUser {
    email: String!
    displayName: String!
  }
`;

const newUser = z.object({
  email: z.email().max(254),
  displayName: z.string().trim().min(1).max(100),
});

/** The users' part of the schema. */
export function usersEndpoint(store: UserStore): GraphqlEndpoint {
  const byIds = async (ids: readonly string[]) => inOrder(ids, await store.byIds(ids), ({ id }) => id);
  return {
    schema: createSchema({
      typeDefs,
      resolvers: {
        Query: {
          user: async (_: unknown, { id }: { id: string }) => (await byIds([id]))[0],
          users: (_: unknown, page: { first: number; after: string }) =>
            store.list(checked(pageLength, page.first), page.after),
          _usersById: (_: unknown, { ids }: { ids: string[] }) => byIds(ids),
        },
        Mutation: {
          createUser: (_: unknown, { input }: { input: unknown }) =>
            store.add({ id: randomUUID(), ...checked(newUser, input) }),
        },
      },
    }),
  };
}
