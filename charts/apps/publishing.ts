import { type Cluster, FluxChart, Program } from 'fluxwright';
import { program } from '../programs';
import { KafkaTopics } from '../queuing/kafka-topics';
import type { RawKafka } from '../queuing/raw-kafka';

/** Messages taken over HTTP and handled one by one: the api writes them to Kafka, workers read them. */
export class Publishing extends FluxChart {
  constructor(cluster: Cluster, { kafka }: { readonly kafka: RawKafka }) {
    super(cluster, 'publishing', { namespace: 'appdev', podSecurity: 'restricted' });
    const [topic, deadLetters] = new KafkaTopics(this, 'topics', {
      bootstrap: kafka.bootstrap,
      topics: ['messages', 'messages.dead-letters'],
    }).names;
    const env = { BROKERS: kafka.bootstrap, TOPIC: topic };
    new Program(this, 'api', program('api', { port: 3000, serviceType: 'NodePort', replicas: 2, env }));
    new Program(
      this,
      'worker',
      program('worker', { port: 8080, replicas: 2, env: { ...env, DEAD_LETTER_TOPIC: deadLetters } }),
    );
  }
}
