/** Where parcels go. */
export interface Address {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  /** Two letters, as ISO 3166 has them. */
  readonly country: string;
}

/** Somebody who buys. */
export interface Customer {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly address: Address;
}

/** Where customers are kept. */
export interface CustomerStore {
  /** @throws {Refusal} `ALREADY_REGISTERED`: a user is one customer at most. */
  add(customer: Customer): Promise<Customer>;
  byIds(ids: readonly string[]): Promise<Customer[]>;
  byUserIds(userIds: readonly string[]): Promise<Customer[]>;
  /** A page in the order of the ids, beginning after the given one. */
  list(first: number, after: string): Promise<Customer[]>;
}
