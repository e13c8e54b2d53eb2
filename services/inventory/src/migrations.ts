import type { Migration } from '@fluxwright/graphql-runtime';

/** The life of the inventory's tables. */
export const migrations: readonly Migration[] = [
  {
    name: 'products and reservations',
    sql: `
      create table products (
        sku text collate "C" primary key,
        name text not null,
        price_cents int not null check (price_cents >= 0),
        available int not null check (available >= 0)
      );
      create table reservations (
        key text primary key,
        status text not null check (status in ('HELD', 'RELEASED')),
        lines jsonb not null
      );
    `,
  },
  {
    name: 'example products',
    sql: `
      insert into products values
        ('bread', 'Sourdough bread', 450, 40),
        ('coffee', 'Coffee, 500 g', 1290, 25),
        ('honey', 'Forest honey', 890, 12),
        ('kettle', 'Copper kettle', 14900, 2),
        ('tea', 'Assam tea, 250 g', 990, 30);
    `,
  },
];
