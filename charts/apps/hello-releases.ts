import { type Chart, type Cluster, FluxChart, HelmRelease, type ProgramValues } from 'fluxwright';
import type { Nats } from '../queuing/nats';

/** The charts of the two programs. */
export interface HelloReleasesProps {
  readonly nats: Nats;
  readonly producer: Chart<ProgramValues>;
  readonly consumer: Chart<ProgramValues>;
}

/** Hello on NATS, by charts of our own: one program says it, the other prints what it hears. */
export class HelloReleases extends FluxChart {
  constructor(cluster: Cluster, { nats, producer, consumer }: HelloReleasesProps) {
    super(cluster, 'hello', { namespace: 'appdev', podSecurity: 'restricted' });
    const values = { env: { NATS_URL: nats.url, SUBJECT: 'messages' } };
    new HelmRelease(this, 'producer', { chart: producer, values });
    new HelmRelease(this, 'consumer', { chart: consumer, values });
  }
}
