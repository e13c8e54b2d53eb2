import { Refusal } from '@fluxwright/graphql-runtime';
import type { User, UserStore } from './store';

/** Users that last as long as the process: for tests. */
export function memoryUserStore(): UserStore {
  const users = new Map<string, User>();
  const sorted = (): User[] => [...users.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    add: async (user) => {
      const taken = sorted().some(({ email }) => email.toLowerCase() === user.email.toLowerCase());
      if (taken) throw new Refusal('EMAIL_TAKEN', `${user.email} belongs to somebody already`);
      users.set(user.id, user);
      return user;
    },
    byIds: async (ids) => sorted().filter(({ id }) => ids.includes(id)),
    list: async (first, after) =>
      sorted()
        .filter(({ id }) => id > after)
        .slice(0, first),
  };
}
