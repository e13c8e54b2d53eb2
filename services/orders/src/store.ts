import { Refusal, type Saga, type SagaProgress } from '@fluxwright/graphql-runtime';
import type { Address } from '@fluxwright/customers/client';
import type { Line, PricedLine } from '@fluxwright/inventory/client';

/** How many orders of one customer are listed: lists within lists multiply, so no more than a query is taken to ask for. */
export const ordersPerCustomer = 10;

/** What a customer asked for. */
export interface Wish {
  readonly customerId: string;
  readonly lines: readonly Line[];
}

/** What an order's saga knows: the wish, and what the steps so far have found out. */
export interface OrderState extends Wish {
  readonly recipient?: { readonly name: string; readonly address: Address };
  readonly priced?: readonly PricedLine[];
}

/** An order and how far it is. */
export interface Order {
  readonly id: string;
  readonly placedAt: Date;
  readonly progress: Pick<SagaProgress<OrderState>, 'state' | 'status' | 'reason'>;
}

/** An order in the making. */
export interface NewOrder {
  /** Whoever places with the same key again gets the same order. */
  readonly key: string;
  readonly wish: Wish;
  readonly saga: Saga<OrderState>;
}

/** Where orders are kept, each with its saga. */
export interface OrderStore {
  /**
   * Keeps the order and its saga, both or neither, and returns the id under which the key is known: that of the saga, if it is new.
   *
   * @throws {Refusal} `KEY_REUSED` when the key stands for another wish.
   */
  place(order: NewOrder): Promise<string>;
  byIds(ids: readonly string[]): Promise<Order[]>;
  /** Newest first. */
  byCustomerIds(customerIds: readonly string[]): Promise<Order[]>;
  /** Newest first. */
  newest(first: number): Promise<Order[]>;
}

/** The wish as text, to tell it from another one. */
export function fingerprint({ customerId, lines }: Wish): string {
  return JSON.stringify([customerId, ...lines.map(({ sku, quantity }) => [sku, quantity])]);
}

/** The error for a key that was used for something else. */
export function keyReused(key: string): Refusal {
  return new Refusal('KEY_REUSED', `the key ${key} belongs to an order for something else`);
}
