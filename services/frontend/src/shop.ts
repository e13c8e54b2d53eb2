import type { GraphqlClient } from '@fluxwright/graphql-runtime';

/** What the page offers. */
export interface Offer {
  readonly customers: readonly {
    readonly id: string;
    readonly name: string;
    readonly balanceCents: number;
  }[];
  readonly products: readonly Product[];
  readonly orders: readonly Pick<
    Order,
    'id' | 'status' | 'placedAt' | 'totalCents' | 'customerId' | 'customer'
  >[];
}

/** Something to buy. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly priceCents: number;
  readonly available: number;
}

/** An order with what all services know of it. */
export interface Order {
  readonly id: string;
  readonly status: 'PENDING' | 'CONFIRMED' | 'CANCELLING' | 'CANCELLED';
  readonly reason: string | null;
  readonly totalCents: number | null;
  readonly placedAt: string;
  readonly customerId: string;
  readonly customer: { readonly name: string } | null;
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly priceCents: number | null;
    readonly product: { readonly name: string } | null;
  }[];
  /** Null, as the shipments are, while the service that knows is away. */
  readonly payments: readonly { readonly amountCents: number; readonly status: string }[] | null;
  readonly shipments:
    | readonly { readonly status: string; readonly carrier: string; readonly city: string }[]
    | null;
}

/** What is ordered. */
export interface Wish {
  readonly key: string;
  readonly customerId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** The shop as the page sees it: questions to the one schema. */
export interface Shop {
  offer(): Promise<Offer>;
  order(id: string): Promise<Order | null>;
  /** @returns the order's id. */
  place(wish: Wish): Promise<string>;
}

/** Asks the schema that everybody else can ask, too. */
export function openShop(graphql: GraphqlClient): Shop {
  return {
    offer: () => graphql.ask<Offer>(offerQuery, {}),
    order: async (id) => (await graphql.askPartly<{ order: Order | null }>(orderQuery, { id })).order,
    place: async (input) =>
      (await graphql.ask<{ placeOrder: { id: string } }>(placeQuery, { input })).placeOrder.id,
  };
}

const offerQuery = `query offer {
  customers(first: 50) { id name balanceCents }
  products(first: 50) { sku name priceCents available }
  orders(first: 10) { id status placedAt totalCents customerId customer { name } }
}`;

const orderQuery = `query order($id: ID!) {
  order(id: $id) {
    id status reason totalCents placedAt customerId customer { name }
    lines { sku quantity priceCents product { name } }
    payments { amountCents status }
    shipments { status carrier city }
  }
}`;

const placeQuery = 'mutation place($input: NewOrder!) { placeOrder(input: $input) { id } }';
