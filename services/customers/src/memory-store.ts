import { Refusal } from '@fluxwright/graphql-runtime';
import type { Customer, CustomerStore } from './store';

/** Customers that last as long as the process: for tests. */
export function memoryCustomerStore(): CustomerStore {
  const customers = new Map<string, Customer>();
  const sorted = (): Customer[] => [...customers.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    add: async (customer) => {
      const known = sorted().some(({ userId }) => userId === customer.userId);
      if (known) throw new Refusal('ALREADY_REGISTERED', `user ${customer.userId} is a customer already`);
      customers.set(customer.id, customer);
      return customer;
    },
    byIds: async (ids) => sorted().filter(({ id }) => ids.includes(id)),
    byUserIds: async (userIds) => sorted().filter(({ userId }) => userIds.includes(userId)),
    list: async (first, after) =>
      sorted()
        .filter(({ id }) => id > after)
        .slice(0, first),
  };
}
