import type { Migration } from '@fluxwright/graphql-runtime';

/** The life of the customers' tables. */
export const migrations: readonly Migration[] = [
  {
    name: 'customers',
    sql: `
      create table customers (
        id text collate "C" primary key,
        user_id text not null unique,
        name text not null,
        address jsonb not null
      );
    `,
  },
  {
    name: 'example customers',
    sql: `
      insert into customers values
        ('ada', 'ada', 'Ada Lovelace', '{"street": "Rosenweg 1", "postcode": "10115", "city": "Berlin", "country": "DE"}'),
        ('alan', 'alan', 'Alan Turing', '{"street": "Rue Haute 7", "postcode": "75001", "city": "Paris", "country": "FR"}'),
        ('grace', 'grace', 'Grace Hopper', '{"street": "Harbour Road 3", "postcode": "9990", "city": "Tristan", "country": "SH"}');
    `,
  },
];
