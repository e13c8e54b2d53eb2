import { Refusal, type Queries } from '@fluxwright/graphql-runtime';
import type { User, UserStore } from './store';

const columns = 'id, email, display_name as "displayName"';

/** Users in the service's own schema. */
export function postgresUserStore(database: Queries): UserStore {
  return {
    add: async ({ id, email, displayName }) => {
      const insert = `insert into users values ($1, $2, $3) on conflict (lower(email)) do nothing returning ${columns}`;
      const [user] = await database.query<User>(insert, [id, email, displayName]);
      if (!user) throw new Refusal('EMAIL_TAKEN', `${email} belongs to somebody already`);
      return user;
    },
    byIds: (ids) => database.query<User>(`select ${columns} from users where id = any($1)`, [ids]),
    list: (first, after) =>
      database.query<User>(`select ${columns} from users where id > $2 order by id limit $1`, [first, after]),
  };
}
