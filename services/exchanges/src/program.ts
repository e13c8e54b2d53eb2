import {
  graphqlClient,
  graphqlSettings,
  sagaSettings,
  serveGraphql,
  serveSagas,
  serviceDatabase,
  serviceUrl,
} from '@fluxwright/graphql-runtime';
import { commonSettings, type Service } from '@fluxwright/runtime';
import { z } from 'zod';
import { version } from '../package.json';
import { exchangesEndpoint } from './endpoint';
import { migrations } from './migrations';
import { postgresExchangeStore } from './postgres-store';
import { exchangeSteps, type Partners } from './steps';

const settings = z.object({
  ...commonSettings,
  ...graphqlSettings,
  ...sagaSettings,
  CUSTOMERS_URL: serviceUrl('customers'),
  INVENTORY_URL: serviceUrl('inventory'),
  PAYMENTS_URL: serviceUrl('payments'),
  FULFILLMENT_URL: serviceUrl('fulfillment'),
  ORDERS_URL: serviceUrl('orders'),
});

const partners = (urls: z.infer<typeof settings>): Partners => ({
  customers: graphqlClient('customers', urls.CUSTOMERS_URL),
  inventory: graphqlClient('inventory', urls.INVENTORY_URL),
  payments: graphqlClient('payments', urls.PAYMENTS_URL),
  fulfillment: graphqlClient('fulfillment', urls.FULFILLMENT_URL),
  orders: graphqlClient('orders', urls.ORDERS_URL),
});

/** The exchanges service. */
export const program = {
  name: 'exchanges',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    const database = serviceDatabase(service, given);
    const sagas = serveSagas(service, database, exchangeSteps(partners(given)), given.PATIENCE_SECONDS);
    const endpoint = exchangesEndpoint({ store: postgresExchangeStore(database), start: sagas.start });
    await serveGraphql(service, given, { database, migrations, work: sagas.work, ...endpoint });
  },
};
