import {
  graphqlClient,
  graphqlHandler,
  publicLimits,
  serviceUrl,
  unavailable,
  type GraphqlHandler,
} from '@fluxwright/graphql-runtime';
import { commonSettings, type Service } from '@fluxwright/runtime';
import { httpApp, httpSettings, listen, tracedFetch } from '@fluxwright/runtime/http';
import type { GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { version } from '../package.json';
import type { Backend } from './executor';
import { followSchema, loadSchema } from './schema';
import { openShop } from './shop';
import { addPages } from './site';

const settings = z.object({
  ...commonSettings,
  ...httpSettings(4000),
  CUSTOMERS_URL: serviceUrl('customers'),
  EXCHANGES_URL: serviceUrl('exchanges'),
  FULFILLMENT_URL: serviceUrl('fulfillment'),
  INVENTORY_URL: serviceUrl('inventory'),
  ORDERS_URL: serviceUrl('orders'),
  PAYMENTS_URL: serviceUrl('payments'),
  USERS_URL: serviceUrl('users'),
});

/** The frontend: one schema over all services at `/graphql`, and pages to try it. */
export const program = {
  name: 'frontend',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    let handle = closed;
    const onChange = (schema: GraphQLSchema): void => {
      handle = graphqlHandler({ schema, limits: publicLimits, log: service.log });
    };
    const load = (): Promise<GraphQLSchema> => loadSchema(backends(given), tracedFetch);
    const following = followSchema(service, { load, onChange, everySeconds: 30 });
    service.onStop('schema', () => following);

    const app = httpApp(service);
    app.all('/graphql', (c) => handle(c.req.raw));
    const ourselves = graphqlClient('the shop', 'http://localhost/graphql', (url, init) =>
      handle(new Request(url, init)),
    );
    addPages(app, openShop(ourselves));
    await listen(service, app, given);
  },
};

/** The answer until all services have been heard of. */
const closed: GraphqlHandler = async () => unavailable('the services have not all been heard of yet');

function backends(given: z.infer<typeof settings>): Backend[] {
  return [
    { name: 'customers', url: given.CUSTOMERS_URL },
    { name: 'exchanges', url: given.EXCHANGES_URL },
    { name: 'fulfillment', url: given.FULFILLMENT_URL },
    { name: 'inventory', url: given.INVENTORY_URL },
    { name: 'orders', url: given.ORDERS_URL },
    { name: 'payments', url: given.PAYMENTS_URL },
    { name: 'users', url: given.USERS_URL },
  ];
}
