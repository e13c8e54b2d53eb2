import { type Cluster, type Endpoint, FluxChart, type Peers, StatefulCluster } from 'fluxwright';
import { patience } from '../probes';
import { images } from '../versions';

/** How big a NATS cluster is. */
export interface NatsProps {
  /** @default 3 */
  readonly servers?: number;
  /** What JetStream keeps on disk. @default '10Gi' */
  readonly storage?: string;
}

/** NATS with JetStream. */
export class Nats extends FluxChart {
  readonly client: Endpoint;

  constructor(cluster: Cluster, { servers = 3, storage = '10Gi' }: NatsProps = {}) {
    super(cluster, 'nats', { namespace: 'queuing', podSecurity: 'restricted' });
    const nats = new StatefulCluster(this, 'nats', {
      image: images.nats,
      peers: servers,
      command: ['nats-server', '--config', '/etc/nats/nats-server.conf'],
      clientPorts: { client: 4222 },
      peerPorts: { cluster: 6222, monitor: 8222 },
      env: { GOMEMLIMIT: '200MiB' },
      files: (peers) => ({ '/etc/nats/nats-server.conf': configuration(peers, storage) }),
      storage: { '/data': storage },
      writable: ['/var/run/nats', '/tmp'],
      live: { http: '/healthz?js-enabled-only=true', port: 'monitor', ...patience },
      ready: { http: '/healthz?js-server-only=true', port: 'monitor' },
      // Clients go to other servers one by one, instead of all at once.
      beforeStop: ['nats-server', '--signal', 'ldm=/var/run/nats/nats.pid'],
      resources: { requests: { cpu: '30m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    });
    this.client = nats.endpoint('client');
  }

  /** The address as clients take it. */
  get url(): string {
    return `nats://${this.client}`;
  }
}

function configuration({ hosts }: Peers, storage: string): string {
  const routes = hosts.map((host) => `    nats://${host}:6222`);
  return `server_name: $POD_NAME
listen: 0.0.0.0:4222
http: 0.0.0.0:8222
pid_file: /var/run/nats/nats.pid
lame_duck_grace_period: 10s
lame_duck_duration: 30s
jetstream {
  store_dir: /data
  max_memory_store: 64Mi
  max_file_store: ${storage}
}
cluster {
  name: nats
  listen: 0.0.0.0:6222
  routes: [
${routes.join('\n')}
  ]
}
`;
}
