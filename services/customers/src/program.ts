import { graphqlSettings, serveGraphql, serviceDatabase } from '@fluxwright/graphql-runtime';
import { commonSettings, type Service } from '@fluxwright/runtime';
import { z } from 'zod';
import { version } from '../package.json';
import { customersEndpoint } from './endpoint';
import { migrations } from './migrations';
import { postgresCustomerStore } from './postgres-store';

const settings = z.object({ ...commonSettings, ...graphqlSettings });

/** The customers service. */
export const program = {
  name: 'customers',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    const database = serviceDatabase(service, given);
    await serveGraphql(service, given, {
      database,
      migrations,
      ...customersEndpoint(postgresCustomerStore(database)),
    });
  },
};
