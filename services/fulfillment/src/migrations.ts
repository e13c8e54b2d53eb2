import type { Migration } from '@fluxwright/graphql-runtime';

/** The life of the fulfillment's tables. */
export const migrations: readonly Migration[] = [
  {
    name: 'carriers and shipments',
    sql: `
      create table carriers (
        country text primary key,
        name text not null
      );
      create table shipments (
        key text primary key,
        id text not null unique,
        order_id text not null,
        status text not null check (status in ('SCHEDULED', 'DISPATCHED', 'DELIVERED', 'CANCELLED')),
        carrier text not null,
        recipient text not null,
        address jsonb not null,
        items jsonb not null,
        number bigint generated always as identity
      );
      create index shipments_order on shipments (order_id);
    `,
  },
  {
    name: 'example carriers',
    sql: `
      insert into carriers values
        ('AT', 'Alpine Parcels'), ('CH', 'Alpine Parcels'), ('DE', 'North Sea Freight'),
        ('FR', 'Atlantic Post'), ('NL', 'North Sea Freight'), ('US', 'Transatlantic Air');
    `,
  },
];
