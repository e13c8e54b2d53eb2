import type { Migration } from '@fluxwright/graphql-runtime';

/** The life of the payments' tables. */
export const migrations: readonly Migration[] = [
  {
    name: 'accounts and payments',
    sql: `
      create table accounts (
        customer_id text primary key,
        balance_cents int not null check (balance_cents >= 0)
      );
      create table top_ups (
        key text primary key,
        customer_id text not null,
        amount_cents int not null
      );
      create table payments (
        key text primary key,
        id text not null unique,
        order_id text not null,
        customer_id text not null,
        amount_cents int not null,
        status text not null check (status in ('CHARGED', 'REFUNDED')),
        number bigint generated always as identity
      );
      create index payments_order on payments (order_id);
    `,
  },
  {
    name: 'example accounts',
    sql: `insert into accounts values ('ada', 50000), ('alan', 2000), ('grace', 30000);`,
  },
];
