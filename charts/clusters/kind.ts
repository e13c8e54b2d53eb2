import {
  type Chart,
  Cluster,
  type FluxApp,
  HelmChart,
  type ProgramSpec,
  type ProgramValues,
} from 'fluxwright';
import { HelloReleases } from '../apps/hello-releases';
import { RatingsReleases } from '../apps/ratings-releases';
import { helloConsumer, helloProducer, ratingsConsumer, ratingsProducer, version } from '../programs';
import { Kafka } from '../queuing/kafka';
import { Nats } from '../queuing/nats';
import { NatsStreams } from '../queuing/nats-streams';

/** A cluster on one's own machine: Kafka by its operator, NATS with one for its streams, and on each two programs that talk through it. */
export class KindCluster extends Cluster {
  constructor(app: FluxApp) {
    super(app, 'kind', { profile: 'lean', storageClass: 'standard' });
    const chart = (name: string, program: ProgramSpec): Chart<ProgramValues> =>
      new HelmChart(app, name, { version, program }).chart;
    new RatingsReleases(this, {
      kafka: new Kafka(this),
      producer: chart('ratings-producer', ratingsProducer),
      consumer: chart('ratings-consumer', ratingsConsumer),
    });
    const nats = new Nats(this, { storage: '1Gi' });
    new NatsStreams(this, { nats }).stream('messages', 'messages');
    new HelloReleases(this, {
      nats,
      producer: chart('hello-producer', helloProducer),
      consumer: chart('hello-consumer', helloConsumer),
    });
  }
}
