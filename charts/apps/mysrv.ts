import { type Cluster, connects, FluxChart, podField, Program } from 'fluxwright';
import type { Consul } from '../discovery/consul';
import { patience } from '../probes';
import { program } from '../programs';

/** A program that keeps itself in Consul's catalogue, and a load balancer that follows the catalogue. */
export class MySrv extends FluxChart {
  constructor(cluster: Cluster, { consul }: { readonly consul: Consul }) {
    super(cluster, 'mysrv', { namespace: 'discovery', podSecurity: 'restricted' });
    const mysrv = this.#mysrv(consul);
    const balancer = this.#balancer(consul);
    // Both learn where instances are from the catalogue.
    connects(consul.servers, mysrv.endpoint);
    connects(balancer, mysrv.endpoint);
  }

  #mysrv(consul: Consul): Program {
    const spec = program('mysrv', {
      port: 3000,
      replicas: 2,
      env: {
        CONSUL_URLS: consul.agents.map((agent) => `http://${agent}`).join(','),
        SERVICE_NAME: 'mysrv',
        ADVERTISE_ADDRESS: podField('status.podIP'),
      },
    });
    return new Program(this, 'mysrv', spec);
  }

  #balancer(consul: Consul): Program {
    const operations = 8404;
    const spec = program('balancer', {
      port: 8080,
      serviceType: 'NodePort',
      env: {
        CONSUL_HTTP_ADDR: consul.http,
        SERVICE_NAME: 'mysrv',
        PORT: 8080,
        OPERATIONS_PORT: operations,
      },
      live: { http: '/health', port: operations, ...patience },
      ready: { http: '/ready', port: operations },
      writable: ['/run/balancer', '/tmp'],
    });
    return new Program(this, 'balancer', spec);
  }
}
