import { type Cluster, type Environment, FluxChart, Program } from 'fluxwright';
import type { Postgres } from '../data/postgres';
import { program } from '../programs';

/** A shop: services that answer GraphQL from tables of their own, stitched into one schema by the frontend. */
export class Shop extends FluxChart {
  readonly #database: Postgres;

  constructor(cluster: Cluster, { database }: { readonly database: Postgres }) {
    super(cluster, 'shop', { namespace: database.namespace, podSecurity: 'restricted' });
    this.#database = database;
    const customers = this.#service('customers');
    const fulfillment = this.#service('fulfillment');
    const inventory = this.#service('inventory');
    const payments = this.#service('payments');
    const users = this.#service('users');
    const partners = { customers, fulfillment, inventory, payments };
    const orders = this.#service('orders', partners);
    const exchanges = this.#service('exchanges', { ...partners, orders });
    const all = { ...partners, exchanges, orders, users };
    const spec = program('frontend', { port, env: urlsOf(all), serviceType: 'NodePort' });
    new Program(this, 'frontend', spec);
  }

  #service(name: string, partners: Partners = {}): Program {
    const env = { ...this.#database.environment, ...urlsOf(partners) };
    return new Program(this, name, program(name, { port, env }));
  }
}

interface Partners {
  readonly [name: string]: Program;
}

const port = 4000;

function urlsOf(partners: Partners): Environment {
  return Object.fromEntries(
    Object.entries(partners).map(([name, { endpoint }]) => [
      `${name.toUpperCase()}_URL`,
      `http://${endpoint}/graphql`,
    ]),
  );
}
