import { type Chart, type Cluster, FluxChart, HelmRelease, type ProgramValues } from 'fluxwright';
import type { Kafka } from '../queuing/kafka';

/** The charts of the two programs. */
export interface RatingsReleasesProps {
  readonly kafka: Kafka;
  readonly producer: Chart<ProgramValues>;
  readonly consumer: Chart<ProgramValues>;
}

/** Ratings of voices, by charts of our own: one program writes them to Kafka, the other shows who is ahead. */
export class RatingsReleases extends FluxChart {
  constructor(cluster: Cluster, { kafka, producer, consumer }: RatingsReleasesProps) {
    super(cluster, 'ratings', { namespace: 'appdev', podSecurity: 'restricted' });
    const values = { env: { BROKERS: kafka.bootstrap, TOPIC: kafka.topic('erboh-ratings') } };
    kafka.topic('erboh-ratings.dead-letters', 1);
    new HelmRelease(this, 'producer', { chart: producer, values });
    new HelmRelease(this, 'consumer', { chart: consumer, values });
  }
}
