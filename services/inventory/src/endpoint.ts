import {
  checked,
  createSchema,
  idempotencyKey,
  inOrder,
  pageLength,
  type GraphqlEndpoint,
} from '@fluxwright/graphql-runtime';
import { z } from 'zod';
import type { InventoryStore } from './store';

const typeDefs = /* GraphQL */ `
  "Something that can be sold."
  type Product {
    sku: ID!
    name: String!
    priceCents: Int!
    "How many there are and nobody has reserved."
    available: Int!
  }
  type Query {
    product(sku: ID!): Product
    products(first: Int! = 20, after: ID! = ""): [Product!]!
    _productsBySku(skus: [ID!]!): [Product]!
  }
  type Mutation {
    addProduct(input: NewProduct!): Product!
    addStock(sku: ID!, quantity: Int!): Product!
    "Holds all lines or none. The same key again gets the same reservation."
    _reserveStock(key: ID!, lines: [ReservationLineInput!]!): Reservation!
    "Gives back what the key holds; a key that holds nothing yet never will."
    _releaseStock(key: ID!): Reservation!
  }
  type Reservation {
    key: ID!
    status: ReservationStatus!
    lines: [ReservationLine!]!
  }
  enum ReservationStatus {
    HELD
    RELEASED
  }
  type ReservationLine {
    sku: ID!
    quantity: Int!
    priceCents: Int!
  }
  input NewProduct {
    sku: ID!
    name: String!
    priceCents: Int!
    available: Int! = 0
  }
  input ReservationLineInput {
    sku: ID!
    quantity: Int!
  }
`;

const quantity = z.number().int().min(1).max(1_000_000);

const newProduct = z.object({
  sku: z.string().regex(/^[a-z0-9-]{1,50}$/, 'small letters, digits and dashes'),
  name: z.string().trim().min(1).max(200),
  priceCents: z.number().int().min(0).max(10_000_000),
  available: z.number().int().min(0).max(1_000_000),
});

const reservation = z.object({
  key: idempotencyKey,
  lines: z
    .array(z.object({ sku: z.string(), quantity }))
    .min(1)
    .max(100)
    .refine((lines) => new Set(lines.map(({ sku }) => sku)).size === lines.length, 'each product once'),
});

/** The inventory's part of the schema. */
export function inventoryEndpoint(store: InventoryStore): GraphqlEndpoint {
  const bySkus = async (skus: readonly string[]) => inOrder(skus, await store.bySkus(skus), ({ sku }) => sku);
  return {
    schema: createSchema({
      typeDefs,
      resolvers: {
        Query: {
          product: async (_: unknown, { sku }: { sku: string }) => (await bySkus([sku]))[0],
          products: (_: unknown, page: { first: number; after: string }) =>
            store.list(checked(pageLength, page.first), page.after),
          _productsBySku: (_: unknown, { skus }: { skus: string[] }) => bySkus(skus),
        },
        Mutation: {
          addProduct: (_: unknown, { input }: { input: unknown }) =>
            store.addProduct(checked(newProduct, input)),
          addStock: (_: unknown, more: { sku: string; quantity: number }) =>
            store.addStock(more.sku, checked(quantity, more.quantity)),
          _reserveStock: (_: unknown, input: unknown) => {
            const { key, lines } = checked(reservation, input);
            return store.reserve(key, lines);
          },
          _releaseStock: (_: unknown, { key }: { key: string }) =>
            store.release(checked(idempotencyKey, key)),
        },
      },
    }),
  };
}
