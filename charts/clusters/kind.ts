import { Cluster, type FluxApp, HelmChart } from 'fluxwright';
import { RatingsReleases } from '../apps/ratings-releases';
import { ratingsConsumer, ratingsProducer, version } from '../programs';
import { Kafka } from '../queuing/kafka';

/** A cluster on one's own machine: Kafka by its operator, and two programs that talk through it. */
export class KindCluster extends Cluster {
  constructor(app: FluxApp) {
    super(app, 'kind', { profile: 'lean', storageClass: 'standard' });
    const producer = new HelmChart(app, 'ratings-producer', { version, program: ratingsProducer });
    const consumer = new HelmChart(app, 'ratings-consumer', { version, program: ratingsConsumer });
    const kafka = new Kafka(this);
    new RatingsReleases(this, { kafka, producer: producer.chart, consumer: consumer.chart });
  }
}
