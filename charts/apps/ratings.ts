import { type Chart, type Cluster, FluxChart, HelmRelease, type ProgramValues } from 'fluxwright';
import type { Kafka } from '../queuing/kafka';

/** The charts of the two programs. */
export interface RatingsProps {
  readonly kafka: Kafka;
  readonly producer: Chart<ProgramValues>;
  readonly consumer: Chart<ProgramValues>;
}

/** Ratings of voices: one program writes them to Kafka, the other reads them and shows who is ahead. */
export class Ratings extends FluxChart {
  constructor(cluster: Cluster, { kafka, producer, consumer }: RatingsProps) {
    super(cluster, 'ratings', { namespace: 'appdev', podSecurity: 'restricted' });
    const values = { env: { KAFKA_BROKERS: kafka.bootstrap, TOPIC: kafka.topic('erboh-ratings') } };
    new HelmRelease(this, 'producer', { chart: producer, values });
    new HelmRelease(this, 'consumer', { chart: consumer, values });
  }
}
