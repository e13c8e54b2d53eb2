import {
  CertificateAuthority,
  type Cluster,
  type Endpoint,
  external,
  FluxChart,
  type Peers,
  secretKey,
  StatefulCluster,
} from 'fluxwright';
import { Service } from '../../imports/kubernetes';
import { patience, slowStart } from '../probes';
import { images } from '../versions';

/** How big Consul is, and who may look at its pages. */
export interface ConsulProps {
  /** @default 3 */
  readonly servers?: number;
  /** @default '1Gi' */
  readonly storage?: string;
  /**
   * How its pages are reached from outside of the cluster.
   *
   * @default - not at all
   */
  readonly uiType?: 'NodePort' | 'LoadBalancer';
}

/** Consul's servers: a catalogue of services and a store of keys. They talk to each other by TLS and encrypted gossip. */
export class Consul extends FluxChart {
  readonly servers: StatefulCluster;
  /** Any server, over HTTP. */
  readonly http: Endpoint;
  /** Each server, for those that stay with the one they registered with. */
  readonly agents: readonly Endpoint[];

  constructor(cluster: Cluster, { servers = 3, storage = '1Gi', uiType }: ConsulProps = {}) {
    super(cluster, 'consul', { namespace: 'discovery', podSecurity: 'restricted' });
    const authority = new CertificateAuthority(this, 'ca');
    external(this, {
      kind: 'Secret',
      namespace: 'discovery',
      name: gossip,
      reason: 'a key belongs to one cluster: whoever sets it up makes it up',
      generate: { key: 'base64:32' },
    });
    this.servers = new StatefulCluster(this, 'consul', {
      ...server,
      peers: servers,
      env: ({ hosts }) => ({ GOSSIP_KEY: secretKey(gossip, 'key'), PEERS: hosts.join(' ') }),
      storage: { '/consul/data': storage },
      files: (peers) => ({ '/consul/config/server.json': configuration(peers) }),
      tls: { issuer: authority.issuer, path: tls, names: [`server.${datacenter}.consul`] },
    });
    this.http = this.servers.endpoint('http');
    this.agents = this.servers.peerEndpoints('http');
    if (uiType) this.#ui(uiType);
  }

  #ui(type: 'NodePort' | 'LoadBalancer'): void {
    const selector = { 'app.kubernetes.io/name': this.servers.name };
    const ports = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' as const }];
    new Service(this, 'ui', { spec: { type, selector, ports } });
  }
}

const datacenter = 'dc1';
const gossip = 'consul-gossip';
const tls = '/consul/tls';

/**
 * Joins the others, and not itself: that would count as having joined, and whom a new pod cannot reach in its first
 * second, it would never try again.
 */
const start =
  'for peer in $PEERS; do case $peer in $POD_NAME.*) ;; *) set -- "$@" -retry-join=$peer ;; esac; done; exec consul agent -config-file=/consul/config/server.json "$@"';

/** What all servers have in common. The RPC port 8400 that Consul once had is gone since 0.8. */
const server = {
  image: images.consul,
  user: 100,
  group: 1000,
  command: ['sh', '-c', start, 'consul'],
  args: ['-advertise=$(POD_IP)', '-encrypt=$(GOSSIP_KEY)'],
  clientPorts: {
    http: 8500,
    https: 8443,
    'dns-tcp': 8600,
    dns: { port: 8600, protocol: 'UDP' },
  },
  peerPorts: {
    server: 8300,
    'serf-lan': 8301,
    'serf-lan-udp': { port: 8301, protocol: 'UDP' },
    'serf-wan': 8302,
    'serf-wan-udp': { port: 8302, protocol: 'UDP' },
  },
  start: { tcp: 'http', ...slowStart },
  live: { tcp: 'http', ...patience },
  // Without a leader this is answered with 500; what asks for the leader itself is always answered with 200.
  ready: { http: '/v1/catalog/service/consul', port: 'http' },
  resources: { requests: { cpu: '50m', memory: '96Mi' }, limits: { memory: '256Mi' } },
} as const;

function configuration({ count }: Peers): string {
  const settings = {
    datacenter,
    server: true,
    bootstrap_expect: count,
    data_dir: '/consul/data',
    bind_addr: '0.0.0.0',
    client_addr: '0.0.0.0',
    retry_interval: '5s',
    // A server that is told to stop hands its part over instead of being missed.
    leave_on_terminate: true,
    autopilot: { min_quorum: Math.floor(count / 2) + 1 },
    ports: { http: 8500, https: 8443, dns: 8600, grpc: -1, grpc_tls: -1 },
    tls: {
      defaults: { ca_file: `${tls}/ca.crt`, cert_file: `${tls}/tls.crt`, key_file: `${tls}/tls.key` },
      internal_rpc: { verify_incoming: true, verify_outgoing: true, verify_server_hostname: true },
    },
    // Certificates are renewed while it runs.
    auto_reload_config: true,
    ui_config: { enabled: true },
    telemetry: { prometheus_retention_time: '24h', disable_hostname: true },
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}
