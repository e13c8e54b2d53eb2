import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, FluxChart } from '../../src';
import { configMap, deployment, service, talksTo } from './manifests';

/** The namespace of everything in it. */
export const NAMESPACE = 'shop';

/** What differs between the revisions of the estate. */
export interface Revision {
  /** How long the operator takes to get Ready. */
  readonly operator?: string;
  readonly shop?: { readonly text?: string; readonly replicas?: number; readonly readyAfter?: string };
}

/** An operator, a client of it, what needs the client, and a shop that needs nobody. */
export function failureApp({ operator = 'never', shop = {} }: Revision = {}): FluxApp {
  const app = new FluxApp({ dist: '/nowhere/dist', ops: '/nowhere/ops' });
  const cluster = new Cluster(app, 'failure');
  const chart = (name: string): FluxChart => new FluxChart(cluster, name, { namespace: NAMESPACE });
  const operators = chart('operator');
  new ApiObject(operators, 'pods', deployment('operator', { readyAfter: operator }));
  new ApiObject(operators, 'service', service('operator'));
  const clients = chart('client');
  new ApiObject(clients, 'pods', deployment('client', { container: talksTo('operator', NAMESPACE) }));
  new ApiObject(clients, 'service', service('client'));
  new ApiObject(chart('far'), 'pods', deployment('far', { container: talksTo('client', NAMESPACE) }));
  const { text = 'first', replicas = 2, readyAfter = '1s' } = shop;
  const shops = chart('shop');
  new ApiObject(shops, 'settings', configMap('settings', text));
  new ApiObject(shops, 'pods', deployment('shop', { replicas, readyAfter }));
  return app;
}
