import { type Cluster, HelmRelease } from 'fluxwright';
import { charts } from '../versions';
import type { Nats } from './nats';
import { Streams } from './streams';

/** Streams of JetStream, kept by NACK's operator. */
export class NatsStreams extends Streams {
  constructor(cluster: Cluster, { nats }: { readonly nats: Nats }) {
    super(cluster);
    new HelmRelease(this, 'operator', {
      chart: charts.nack,
      values: {
        namespaced: true,
        // With its old way of working it leaves some kinds alone, and says nothing.
        jetstream: { enabled: true, controlLoop: true, nats: { url: nats.url } },
      },
    });
  }
}
