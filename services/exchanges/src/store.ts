import { Refusal, type Saga, type SagaProgress } from '@fluxwright/graphql-runtime';
import type { Address } from '@fluxwright/customers/client';

/** What a customer wants to have swapped. */
export interface Wish {
  readonly orderId: string;
  readonly sku: string;
  readonly replacementSku: string;
  readonly reason: string;
}

/** What an exchange's saga knows: the wish, and what the steps so far have found out. */
export interface ExchangeState extends Wish {
  readonly bought?: { readonly customerId: string; readonly priceCents: number };
  readonly recipient?: { readonly name: string; readonly address: Address };
  readonly replacementCents?: number;
}

/** An exchange and how far it is. */
export interface Exchange {
  readonly id: string;
  readonly progress: Pick<SagaProgress<ExchangeState>, 'state' | 'status' | 'reason'>;
}

/** An exchange in the making. */
export interface NewExchange {
  /** Whoever asks with the same key again gets the same exchange. */
  readonly key: string;
  readonly saga: Saga<ExchangeState>;
}

/** Where exchanges are kept, each with its saga. */
export interface ExchangeStore {
  /**
   * Keeps the exchange and its saga, both or neither, and returns the id under which the key is known: that of the saga, if it is new.
   *
   * @throws {Refusal} `KEY_REUSED` when the key stands for another wish, `ALREADY_EXCHANGED` when the product was or is being swapped.
   */
  request(exchange: NewExchange): Promise<string>;
  byIds(ids: readonly string[]): Promise<Exchange[]>;
  byOrderIds(orderIds: readonly string[]): Promise<Exchange[]>;
}

/** True where both say the same. */
export function isSameWish(one: Wish, other: Wish): boolean {
  return (['orderId', 'sku', 'replacementSku', 'reason'] as const).every(
    (field) => one[field] === other[field],
  );
}

/** The error for a key that was used for something else. */
export function keyReused(key: string): Refusal {
  return new Refusal('KEY_REUSED', `the key ${key} belongs to an exchange of something else`);
}

/** The error for a product that was swapped before. */
export function alreadyExchanged({ sku, orderId }: Wish): Refusal {
  return new Refusal(
    'ALREADY_EXCHANGED',
    `${sku} of order ${orderId} was exchanged already, or is being exchanged`,
  );
}
