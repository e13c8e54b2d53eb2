import { type Cluster, type Endpoint, FluxChart, type Peers, StatefulCluster } from 'fluxwright';
import { patience, slowStart } from '../probes';
import { images } from '../versions';

/** How big an ensemble is. */
export interface ZooKeeperProps {
  /** @default 3 */
  readonly servers?: number;
  /** @default '5Gi' */
  readonly storage?: string;
  /** @default - those that Java finds right for its memory */
  readonly javaOptions?: string;
}

/** A ZooKeeper ensemble. */
export class ZooKeeper extends FluxChart {
  readonly client: Endpoint;

  constructor(cluster: Cluster, { servers = 3, storage = '5Gi', javaOptions = '' }: ZooKeeperProps = {}) {
    super(cluster, 'zookeeper', { namespace: 'data', podSecurity: 'restricted' });
    const ensemble = new StatefulCluster(this, 'zookeeper', {
      image: images.zookeeper,
      peers: servers,
      command: ['bash', '-c', start],
      clientPorts: { client: 2181 },
      peerPorts: { follower: 2888, election: 3888, metrics: 7000 },
      env: { ZK_SERVER_HEAP: 128, SERVER_JVMFLAGS: javaOptions },
      files: (peers) => ({ '/conf/zoo.cfg': configuration(peers) }),
      storage: { '/data': storage, '/datalog': storage },
      writable: ['/logs', '/tmp'],
      start: { tcp: 'client', ...slowStart },
      live: { exec: asks('ruok', 'imok'), ...patience },
      ready: { exec: asks('srvr', '^Mode: (leader|follower|standalone)'), timeout: 5 },
      resources: { requests: { cpu: '30m', memory: '256Mi' }, limits: { memory: '384Mi' } },
    });
    this.client = ensemble.endpoint('client');
  }
}

/** Ids begin with 1, ordinals with 0. */
const start =
  'export ZOO_MY_ID=$((${POD_NAME##*-}+1)); exec /docker-entrypoint.sh zkServer.sh start-foreground';

/** Four letters to the server, and what its answer has to contain. Its HTTP interface answers 200 whatever is wrong. */
function asks(word: string, answer: string): string[] {
  return ['bash', '-c', `echo ${word} | nc -w 2 127.0.0.1 2181 | grep -qE '${answer}'`];
}

function configuration({ hosts }: Peers): string {
  const settings = {
    tickTime: 2000,
    initLimit: 10,
    syncLimit: 5,
    dataDir: '/data',
    dataLogDir: '/datalog',
    standaloneEnabled: false,
    reconfigEnabled: false,
    // A pod's own name may not resolve yet when it binds.
    quorumListenOnAllIPs: true,
    'autopurge.snapRetainCount': 3,
    'autopurge.purgeInterval': 1,
    '4lw.commands.whitelist': 'srvr,ruok,mntr',
    'admin.enableServer': false,
    'metricsProvider.className': 'org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider',
    'metricsProvider.httpPort': 7000,
  };
  const servers = hosts.map((host, index) => [`server.${index + 1}`, `${host}:2888:3888;2181`] as const);
  const lines = [...Object.entries(settings), ...servers].map(([key, value]) => `${key}=${value}`);
  return `${lines.join('\n')}\n`;
}
