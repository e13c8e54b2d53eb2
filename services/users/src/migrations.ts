import type { Migration } from '@fluxwright/graphql-runtime';

/** The life of the users' tables. */
export const migrations: readonly Migration[] = [
  {
    name: 'users',
    sql: `
      create table users (
        id text collate "C" primary key,
        email text not null,
        display_name text not null
      );
      create unique index users_email on users (lower(email));
    `,
  },
  {
    name: 'example users',
    sql: `
      insert into users values
        ('ada', 'ada@example.com', 'Ada Lovelace'),
        ('grace', 'grace@example.com', 'Grace Hopper'),
        ('alan', 'alan@example.com', 'Alan Turing');
    `,
  },
];
