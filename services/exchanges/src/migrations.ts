import { sagaMigration, sagaTraceMigration, type Migration } from '@fluxwright/graphql-runtime';

/** The life of the exchanges' tables. What an exchange is about stands in the state of its saga. */
export const migrations: readonly Migration[] = [
  sagaMigration,
  {
    name: 'exchanges',
    sql: `
      create table exchanges (
        id text primary key references sagas,
        key text not null unique,
        order_id text not null
      );
      create index exchanges_order on exchanges (order_id);
    `,
  },
  sagaTraceMigration,
];
