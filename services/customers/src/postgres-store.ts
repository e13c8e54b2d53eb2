import { Refusal, type Queries } from '@fluxwright/graphql-runtime';
import type { Customer, CustomerStore } from './store';

const columns = 'id, user_id as "userId", name, address';

/** Customers in the service's own schema. */
export function postgresCustomerStore(database: Queries): CustomerStore {
  return {
    add: async ({ id, userId, name, address }) => {
      const insert = `insert into customers values ($1, $2, $3, $4) on conflict (user_id) do nothing returning ${columns}`;
      const [customer] = await database.query<Customer>(insert, [id, userId, name, JSON.stringify(address)]);
      if (!customer) throw new Refusal('ALREADY_REGISTERED', `user ${userId} is a customer already`);
      return customer;
    },
    byIds: (ids) => database.query<Customer>(`select ${columns} from customers where id = any($1)`, [ids]),
    byUserIds: (ids) =>
      database.query<Customer>(`select ${columns} from customers where user_id = any($1)`, [ids]),
    list: (first, after) =>
      database.query<Customer>(`select ${columns} from customers where id > $2 order by id limit $1`, [
        first,
        after,
      ]),
  };
}
