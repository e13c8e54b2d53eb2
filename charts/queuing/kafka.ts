import { type Cluster, type Endpoint, FluxChart, HelmRelease } from 'fluxwright';
import { Kafka as KafkaCluster, KafkaNodePool, KafkaTopic } from '../../imports/kafka.strimzi.io';
import { charts, kafkaVersion } from '../versions';

/** How big a Kafka cluster is. */
export interface KafkaProps {
  /** @default 3 */
  readonly brokers?: number;
  /** @default '10Gi' */
  readonly storage?: string;
}

/** Kafka, kept by Strimzi's operator. */
export class Kafka extends FluxChart {
  /** Where clients connect. Whoever uses it is installed after this chart. */
  readonly bootstrap: Endpoint;
  readonly #cluster: string;

  constructor(cluster: Cluster, { brokers = 3, storage = '10Gi' }: KafkaProps = {}) {
    super(cluster, 'kafka', { namespace: 'queuing' });
    this.#cluster = 'erboh';
    new HelmRelease(this, 'operator', { chart: charts.strimzi, values: { watchNamespaces: ['queuing'] } });
    this.#nodes(brokers, storage);
    this.bootstrap = this.#kafka(Math.min(brokers, 3)).endpoint('bootstrap', 9092);
  }

  /** Have a topic; its name is what clients ask for. */
  topic(name: string, partitions = 3): string {
    new KafkaTopic(this, `topic-${name}`, {
      metadata: { name, labels: this.#labels },
      spec: { partitions, replicas: 3, config: { 'min.insync.replicas': 2 } },
    });
    return name;
  }

  #nodes(replicas: number, size: string): void {
    new KafkaNodePool(this, 'nodes', {
      metadata: { name: 'dual', labels: this.#labels },
      spec: {
        replicas,
        roles: ['controller', 'broker'],
        storage: {
          type: 'jbod',
          volumes: [{ id: 0, type: 'persistent-claim', size, deleteClaim: false, kraftMetadata: 'shared' }],
        },
        resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } },
      },
    });
  }

  #kafka(copies: number): KafkaCluster {
    return new KafkaCluster(this, 'cluster', {
      metadata: { name: this.#cluster },
      spec: {
        kafka: {
          version: kafkaVersion,
          metadataVersion: '4.3-IV0',
          listeners: [{ name: 'plain', port: 9092, type: 'internal', tls: false }],
          config: {
            'default.replication.factor': copies,
            'min.insync.replicas': Math.max(copies - 1, 1),
            'offsets.topic.replication.factor': copies,
            'transaction.state.log.replication.factor': copies,
            'transaction.state.log.min.isr': Math.max(copies - 1, 1),
          },
        },
        entityOperator: { topicOperator: {}, userOperator: {} },
      },
    });
  }

  /** What ties pools and topics to their cluster. */
  get #labels(): { [key: string]: string } {
    return { 'strimzi.io/cluster': this.#cluster };
  }
}
