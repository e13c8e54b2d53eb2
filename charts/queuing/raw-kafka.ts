import {
  type Cluster,
  type Endpoint,
  type Environment,
  FluxChart,
  type Peers,
  podField,
  StatefulCluster,
} from 'fluxwright';
import { patience, slowStart } from '../probes';
import { images } from '../versions';

/** Which Kafka it is, and how big. */
export interface RawKafkaProps {
  /** Keeps brokers of two clusters apart for ever. `kafka-storage.sh random-uuid` makes one; no secret. */
  readonly clusterId: string;
  /** @default 3 */
  readonly brokers?: number;
  /** @default '10Gi' */
  readonly storage?: string;
  /** @default - those of the image, for a machine of its own */
  readonly javaOptions?: string;
}

/** Kafka without an operator: each broker is a controller as well, and all of them vote. */
export class RawKafka extends FluxChart {
  /** Where clients connect. Whoever uses it is installed after this chart. */
  readonly bootstrap: Endpoint;

  constructor(
    cluster: Cluster,
    { clusterId, brokers = 3, storage = '10Gi', javaOptions = '' }: RawKafkaProps,
  ) {
    super(cluster, 'kafka', { namespace: 'queuing', podSecurity: 'restricted' });
    const kafka = new StatefulCluster(this, 'kafka', {
      image: images.kafka,
      peers: brokers,
      command: ['/etc/kafka/docker/run'],
      clientPorts: { client: 9092 },
      peerPorts: { controller: 9093, internal: 9094 },
      env: (peers) => ({
        CLUSTER_ID: clusterId,
        KAFKA_JVM_PERFORMANCE_OPTS: javaOptions,
        ...environment(peers),
      }),
      storage: { '/var/lib/kafka/data': storage },
      writable: ['/opt/kafka/config', '/opt/kafka/logs', '/tmp'],
      // A broker that waits for the others has opened this port, and not yet the clients'.
      start: { tcp: 'controller', ...slowStart },
      live: { tcp: 'controller', ...patience },
      ready: { tcp: 'client' },
      graceSeconds: 120,
      resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '768Mi' } },
    });
    this.bootstrap = kafka.endpoint('client');
  }
}

function environment({ host, hosts, count }: Peers): Environment {
  const own = `$(POD_NAME).${host}`;
  const copies = Math.min(count, 3);
  const inSync = Math.max(copies - 1, 1);
  return {
    KAFKA_NODE_ID: podField("metadata.labels['apps.kubernetes.io/pod-index']"),
    KAFKA_PROCESS_ROLES: 'broker,controller',
    // Static on purpose: the image can format its storage for voters that it knows, and for no others.
    KAFKA_CONTROLLER_QUORUM_VOTERS: hosts.map((peer, index) => `${index}@${peer}:9093`).join(','),
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_INTER_BROKER_LISTENER_NAME: 'INTERNAL',
    KAFKA_LISTENERS: 'CLIENT://:9092,CONTROLLER://:9093,INTERNAL://:9094',
    KAFKA_ADVERTISED_LISTENERS: `CLIENT://${own}:9092,INTERNAL://${own}:9094`,
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT',
    // Below the volume, which may hold a lost+found that Kafka would take for a topic.
    KAFKA_LOG_DIRS: '/var/lib/kafka/data/kraft',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: false,
    KAFKA_NUM_PARTITIONS: 3,
    KAFKA_DEFAULT_REPLICATION_FACTOR: copies,
    KAFKA_MIN_INSYNC_REPLICAS: inSync,
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: copies,
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: copies,
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: inSync,
    KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: copies,
    KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: inSync,
    KAFKA_HEAP_OPTS: '-Xms256m -Xmx256m',
  };
}
