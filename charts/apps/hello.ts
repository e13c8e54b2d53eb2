import { type Cluster, FluxChart, Program } from 'fluxwright';
import { helloConsumer, helloProducer } from '../programs';
import type { Nats } from '../queuing/nats';

/** One program says hello on NATS every ten seconds, the other prints what it hears. */
export class Hello extends FluxChart {
  constructor(cluster: Cluster, { nats }: { readonly nats: Nats }) {
    super(cluster, 'hello', { namespace: 'appdev', podSecurity: 'restricted' });
    const env = { NATS_URL: nats.url };
    new Program(this, 'producer', { ...helloProducer, env: { ...helloProducer.env, ...env } });
    new Program(this, 'consumer', { ...helloConsumer, env: { ...helloConsumer.env, ...env } });
  }
}
