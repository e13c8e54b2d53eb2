import { Refusal, type GraphqlClient } from '@fluxwright/graphql-runtime';
import type { Address } from './store';

export type { Address } from './store';

/** What others need to know of a customer. */
export interface Recipient {
  readonly name: string;
  readonly address: Address;
}

const query =
  'query recipient($id: ID!) { customer(id: $id) { name address { street postcode city country } } }';

/** Who gets the customer's parcels, and where. */
export async function findRecipient(customers: GraphqlClient, customerId: string): Promise<Recipient> {
  const { customer } = await customers.ask<{ customer: Recipient | null }>(query, { id: customerId });
  if (!customer) throw new Refusal('UNKNOWN_CUSTOMER', `there is no customer ${customerId}`);
  return customer;
}
