import { Refusal, type GraphqlClient } from '@fluxwright/graphql-runtime';

/** What others need to know of an order. */
export interface PlacedOrder {
  readonly status: 'PENDING' | 'CONFIRMED' | 'CANCELLING' | 'CANCELLED';
  readonly customerId: string;
  readonly lines: readonly {
    readonly sku: string;
    readonly priceCents: number | null;
  }[];
}

const query = 'query order($id: ID!) { order(id: $id) { status customerId lines { sku priceCents } } }';

/** The order with the id. */
export async function findOrder(orders: GraphqlClient, id: string): Promise<PlacedOrder> {
  const { order } = await orders.ask<{ order: PlacedOrder | null }>(query, { id });
  if (!order) throw new Refusal('UNKNOWN_ORDER', `there is no order ${id}`);
  return order;
}
