import { Refusal } from '@fluxwright/graphql-runtime';

/** Parcels on their way to a customer. */
export interface Shipment {
  readonly id: string;
  /** Whoever schedules with the same key again gets the same shipment. */
  readonly key: string;
  readonly orderId: string;
  readonly status: 'SCHEDULED' | 'DISPATCHED' | 'DELIVERED' | 'CANCELLED';
  readonly carrier: string;
  readonly recipient: string;
  readonly address: Address;
  readonly items: readonly Item[];
}

/** Where the parcels go. */
export interface Address {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
}

/** What is in them. */
export interface Item {
  readonly sku: string;
  readonly quantity: number;
}

/** What has to be said to schedule a shipment. */
export type NewShipment = Omit<Shipment, 'status' | 'carrier'>;

/** Where shipments are kept. */
export interface ShipmentStore {
  byOrderIds(orderIds: readonly string[]): Promise<Shipment[]>;
  /** @throws {Refusal} `NOT_DELIVERABLE`, or `CALLED_OFF` for a key that was cancelled. */
  schedule(shipment: NewShipment): Promise<Shipment>;
  /**
   * Cancels what was scheduled with the key; a key that was not scheduled yet never will be.
   *
   * @throws {Refusal} `ON_ITS_WAY`.
   */
  cancel(key: string): Promise<void>;
  /** @throws {Refusal} `NOT_FOUND`, or `WRONG_STATE` unless the shipment is in the state `from` or `to`. */
  move(id: string, from: Shipment['status'], to: Shipment['status']): Promise<Shipment>;
}

/** The error for a country that no carrier goes to. */
export function notDeliverable(country: string): Refusal {
  return new Refusal('NOT_DELIVERABLE', `no carrier delivers to ${country}`);
}

/** The error for a shipment that was cancelled, perhaps before it was scheduled. */
export function calledOff(key: string): Refusal {
  return new Refusal('CALLED_OFF', `the shipment ${key} was called off`);
}

/** The error for a shipment that can no longer be cancelled. */
export function onItsWay(key: string): Refusal {
  return new Refusal('ON_ITS_WAY', `the shipment ${key} has left already`);
}

/** The error for a shipment that cannot take the step now. */
export function wrongState(shipment: Shipment | undefined, id: string, to: string): Refusal {
  if (!shipment) return new Refusal('NOT_FOUND', `there is no shipment ${id}`);
  return new Refusal('WRONG_STATE', `the shipment is ${shipment.status}, so it cannot become ${to}`);
}
