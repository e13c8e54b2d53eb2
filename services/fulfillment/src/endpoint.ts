import { randomUUID } from 'node:crypto';
import {
  checked,
  createSchema,
  grouped,
  idempotencyKey,
  type GraphqlEndpoint,
} from '@fluxwright/graphql-runtime';
import DataLoader from 'dataloader';
import { z } from 'zod';
import type { Shipment, ShipmentStore } from './store';

const typeDefs = /* GraphQL */ `
  "Parcels on their way to a customer."
  type Shipment {
    id: ID!
    status: ShipmentStatus!
    carrier: String!
    recipient: String!
    city: String!
    country: String!
    items: [ShipmentItem!]!
  }
  enum ShipmentStatus {
    SCHEDULED
    DISPATCHED
    DELIVERED
    CANCELLED
  }
  type ShipmentItem {
    product: Product!
    quantity: Int!
  }
  type Product {
    sku: ID!
  }
  type Order {
    id: ID!
    shipments: [Shipment!]
  }
  type Query {
    _ordersWithShipments(ids: [ID!]!): [Order]!
  }
  type Mutation {
    "The parcels have left."
    dispatchShipment(id: ID!): Shipment!
    "The parcels have arrived."
    deliverShipment(id: ID!): Shipment!
    _scheduleShipment(
      key: ID!
      orderId: ID!
      recipient: String!
      address: AddressInput!
      items: [ShipmentItemInput!]!
    ): Shipment!
    "Cancels what was scheduled with the key; a key that was not scheduled yet never will be."
    _cancelShipment(key: ID!): Boolean!
  }
  input AddressInput {
    street: String!
    postcode: String!
    city: String!
    country: String!
  }
  input ShipmentItemInput {
    sku: ID!
    quantity: Int!
  }
`;

const text = z.string().min(1).max(200);

const newShipment = z.object({
  key: idempotencyKey,
  orderId: text,
  recipient: text,
  address: z.object({ street: text, postcode: text, city: text, country: text }),
  items: z
    .array(z.object({ sku: text, quantity: z.number().int().min(1) }))
    .min(1)
    .max(100),
});

interface Context {
  readonly shipments: DataLoader<string, Shipment[]>;
}

interface Stub {
  readonly id: string;
}

/** The fulfillment's part of the schema. */
export function fulfillmentEndpoint(store: ShipmentStore): GraphqlEndpoint {
  const byOrder = async (ids: readonly string[]) =>
    grouped(ids, await store.byOrderIds(ids), ({ orderId }) => orderId);
  return {
    context: (): Context => ({ shipments: new DataLoader(byOrder) }),
    schema: createSchema<Context>({
      typeDefs,
      resolvers: {
        Query: {
          _ordersWithShipments: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })),
        },
        Order: { shipments: ({ id }: Stub, _: unknown, context: Context) => context.shipments.load(id) },
        Shipment: {
          city: ({ address }: Shipment) => address.city,
          country: ({ address }: Shipment) => address.country,
          items: ({ items }: Shipment) => items.map(({ sku, quantity }) => ({ product: { sku }, quantity })),
        },
        Mutation: {
          dispatchShipment: (_: unknown, { id }: Stub) => store.move(id, 'SCHEDULED', 'DISPATCHED'),
          deliverShipment: (_: unknown, { id }: Stub) => store.move(id, 'DISPATCHED', 'DELIVERED'),
          _scheduleShipment: (_: unknown, input: unknown) =>
            store.schedule({ id: randomUUID(), ...checked(newShipment, input) }),
          _cancelShipment: async (_: unknown, { key }: { key: string }) => {
            await store.cancel(checked(idempotencyKey, key));
            return true;
          },
        },
      },
    }),
  };
}
