import type { Construct } from 'constructs';
import { Cluster } from './cluster';
import { type Endpoint, namespaceOf } from './references';

/**
 * Say that a workload talks to an endpoint although nothing in its manifest names it, as it learns the address while
 * it runs. Network policies follow from it as from a host name; an order of installation does not.
 *
 * @example
 * connects(balancer, mysrv.endpoint); // the catalogue tells it where
 */
export function connects(client: Construct & { readonly name: string }, endpoint: Endpoint): void {
  Cluster.of(client).addConnection({
    client: { namespace: namespaceOf(client), name: client.name },
    endpoint,
  });
}
