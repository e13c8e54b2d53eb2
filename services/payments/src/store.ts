import { Refusal } from '@fluxwright/graphql-runtime';

/** Money that a customer paid for an order, or got back where it is negative. */
export interface Payment {
  readonly id: string;
  /** Whoever charges with the same key again gets the same payment. */
  readonly key: string;
  readonly orderId: string;
  readonly customerId: string;
  readonly amountCents: number;
  readonly status: 'CHARGED' | 'REFUNDED';
}

/** What a customer has left to spend. */
export interface Account {
  readonly customerId: string;
  readonly balanceCents: number;
}

/** What a charge says. */
export type NewPayment = Omit<Payment, 'status'>;

/** Where accounts and payments are kept. */
export interface PaymentStore {
  accounts(customerIds: readonly string[]): Promise<Account[]>;
  byOrderIds(orderIds: readonly string[]): Promise<Payment[]>;
  /** Adds to a balance, once for each key. */
  topUp(key: string, customerId: string, amountCents: number): Promise<Account>;
  /** @throws {Refusal} `PAYMENT_DECLINED`, or `CALLED_OFF` for a key that was refunded. */
  charge(payment: NewPayment): Promise<Payment>;
  /** Gives back what was charged with the key; a key that was not charged yet never will be. */
  refund(key: string): Promise<void>;
}

/** The error for a customer who has not got enough. */
export function declined(amountCents: number): Refusal {
  return new Refusal('PAYMENT_DECLINED', `the balance does not cover ${(amountCents / 100).toFixed(2)}`);
}

/** The error for a charge that was refunded, perhaps before it was made. */
export function calledOff(key: string): Refusal {
  return new Refusal('CALLED_OFF', `the payment ${key} was called off`);
}
