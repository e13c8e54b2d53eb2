/** Somebody who may sign in. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
}

/** Where users are kept. */
export interface UserStore {
  /** @throws {Refusal} `EMAIL_TAKEN`; letters' case makes no difference. */
  add(user: User): Promise<User>;
  byIds(ids: readonly string[]): Promise<User[]>;
  /** A page in the order of the ids, beginning after the given one. */
  list(first: number, after: string): Promise<User[]>;
}
