import { type Cluster, FluxChart, Program } from 'fluxwright';
import { ratingsConsumer, ratingsProducer } from '../programs';
import { KafkaTopics } from '../queuing/kafka-topics';
import type { RawKafka } from '../queuing/raw-kafka';

/** Ratings of voices: one program writes them to Kafka, the other reads them and shows who is ahead. */
export class Ratings extends FluxChart {
  constructor(cluster: Cluster, { kafka }: { readonly kafka: RawKafka }) {
    super(cluster, 'ratings', { namespace: 'appdev', podSecurity: 'restricted' });
    const [topic] = new KafkaTopics(this, 'topics', {
      bootstrap: kafka.bootstrap,
      topics: ['erboh-ratings', 'erboh-ratings.dead-letters'],
    }).names;
    const env = { BROKERS: kafka.bootstrap, TOPIC: topic };
    new Program(this, 'producer', { ...ratingsProducer, env, serviceType: 'NodePort' });
    new Program(this, 'consumer', { ...ratingsConsumer, env, serviceType: 'NodePort' });
  }
}
