import { type Cluster, FluxChart, podField, Program } from 'fluxwright';
import { patience } from '../probes';
import { program } from '../programs';
import type { Nats } from '../queuing/nats';

/** One program says hello on NATS every ten seconds, the other prints what it hears. */
export class Hello extends FluxChart {
  constructor(cluster: Cluster, { nats }: { readonly nats: Nats }) {
    super(cluster, 'hello', { namespace: 'appdev', podSecurity: 'restricted' });
    const env = { NATS_URL: nats.url, SUBJECT: 'messages' };
    new Program(
      this,
      'producer',
      program('hello-producer', {
        port: 8080,
        env: { ...env, POD_IP: podField('status.podIP') },
        live: whileConnected,
      }),
    );
    new Program(this, 'consumer', program('hello-consumer', { port: 8080, env, live: whileConnected }));
  }
}

/** The file is there only while the program is connected; NATS may be away for two minutes before that matters. */
const whileConnected = { exec: ['cat', '/tmp/healthy'], ...patience };
