import type { GraphqlClient } from '@fluxwright/graphql-runtime';

/** What to charge, whom, and for what. */
export interface Charge {
  readonly key: string;
  readonly orderId: string;
  readonly customerId: string;
  /** Negative gives money back. */
  readonly amountCents: number;
}

const charge = `mutation charge($key: ID!, $orderId: ID!, $customerId: ID!, $amountCents: Int!) {
  _charge(key: $key, orderId: $orderId, customerId: $customerId, amountCents: $amountCents) { id }
}`;

const refund = 'mutation refund($key: ID!) { _refund(key: $key) }';

/** Charges once for each key. */
export async function chargeCustomer(
  payments: GraphqlClient,
  { key, orderId, customerId, amountCents }: Charge,
): Promise<void> {
  await payments.ask(charge, { key, orderId, customerId, amountCents });
}

/** Gives back what was charged with the key, now or ever. */
export async function refundCharge(payments: GraphqlClient, key: string): Promise<void> {
  await payments.ask(refund, { key });
}
