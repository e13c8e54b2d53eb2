import type { GraphqlClient } from '@fluxwright/graphql-runtime';
import type { Address, Item } from './store';

/** What goes to whom. */
export interface Parcel {
  readonly key: string;
  readonly orderId: string;
  readonly recipient: string;
  readonly address: Address;
  readonly items: readonly Item[];
}

const schedule = `mutation schedule(
  $key: ID!, $orderId: ID!, $recipient: String!, $address: AddressInput!, $items: [ShipmentItemInput!]!
) {
  _scheduleShipment(key: $key, orderId: $orderId, recipient: $recipient, address: $address, items: $items) { id }
}`;

const cancel = 'mutation cancel($key: ID!) { _cancelShipment(key: $key) }';

/** Has a parcel sent, once for each key. */
export async function scheduleShipment(fulfillment: GraphqlClient, parcel: Parcel): Promise<void> {
  await fulfillment.ask(schedule, { ...parcel });
}

/** Cancels what was scheduled with the key, now or ever. */
export async function cancelShipment(fulfillment: GraphqlClient, key: string): Promise<void> {
  await fulfillment.ask(cancel, { key });
}
