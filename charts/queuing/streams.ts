import { type Cluster, FluxChart } from 'fluxwright';
import { Stream } from '../../imports/jetstream.nats.io';

/** Streams of JetStream, and whatever keeps them. */
export abstract class Streams extends FluxChart {
  constructor(cluster: Cluster) {
    super(cluster, 'nats-streams', { namespace: 'queuing' });
  }

  /** Have a stream that keeps what is said on a subject, for a day, on three servers. */
  stream(name: string, subject: string): void {
    new Stream(this, `stream-${name}`, {
      metadata: { name },
      spec: { name, subjects: [subject], replicas: 3, storage: 'file', retention: 'limits', maxAge: '24h' },
    });
  }
}
