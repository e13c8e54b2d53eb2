import { sagaMigration, sagaTraceMigration, type Migration } from '@fluxwright/graphql-runtime';

/** The life of the orders' tables. */
export const migrations: readonly Migration[] = [
  sagaMigration,
  {
    name: 'orders',
    sql: `
      create table orders (
        id text primary key references sagas,
        key text not null unique,
        fingerprint text not null,
        customer_id text not null,
        placed_at timestamptz not null
      );
      create index orders_customer on orders (customer_id, placed_at desc);
      create index orders_placed on orders (placed_at desc);
    `,
  },
  sagaTraceMigration,
];
