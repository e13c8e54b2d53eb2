import { type Cluster, FluxChart, HelmRelease } from 'fluxwright';
import { Stream } from '../../imports/jetstream.nats.io';
import { charts } from '../versions';
import type { Nats } from './nats';

/** Streams of JetStream, kept by NACK's operator. */
export class NatsStreams extends FluxChart {
  constructor(cluster: Cluster, { nats }: { readonly nats: Nats }) {
    super(cluster, 'nats-streams', { namespace: 'queuing' });
    new HelmRelease(this, 'operator', {
      chart: charts.nack,
      values: {
        namespaced: true,
        // With its old way of working it leaves some kinds alone, and says nothing.
        jetstream: { enabled: true, controlLoop: true, nats: { url: nats.url } },
      },
    });
  }

  /** Have a stream that keeps what is said on a subject, for a day, on three servers. */
  stream(name: string, subject: string): void {
    new Stream(this, `stream-${name}`, {
      metadata: { name },
      spec: { name, subjects: [subject], replicas: 3, storage: 'file', retention: 'limits', maxAge: '24h' },
    });
  }
}
