import { type Cluster, Program } from 'fluxwright';
import { Role, RoleBinding, ServiceAccount } from '../../imports/kubernetes';
import { patience } from '../probes';
import { images } from '../versions';
import type { Nats } from './nats';
import { Streams } from './streams';

/** The kinds that it looks after, by their plurals: where one is not there it does not start. */
export const nackKinds = ['accounts', 'consumers', 'keyvalues', 'objectstores', 'streams'];

/** Streams of JetStream, kept by NACK's operator without its chart. */
export class RawNatsStreams extends Streams {
  constructor(cluster: Cluster, { nats }: { readonly nats: Nats }) {
    super(cluster);
    this.#account();
    new Program(this, 'operator', {
      name,
      image: images.nack,
      port: 8081,
      args: ['--control-loop', '--namespace=queuing', '--cache-dir=/tmp/nack', `-s=${nats.url}`],
      serviceAccount: name,
      live: { http: '/healthz', port: 'http', ...patience },
      ready: { http: '/readyz', port: 'http' },
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    });
  }

  /** What it asks of the API server. Its chart lets it read all Secrets too, which an Account may name: here is none. */
  #account(): void {
    const metadata = { name };
    new ServiceAccount(this, 'account', { metadata });
    new Role(this, 'role', {
      metadata,
      rules: [
        { apiGroups, resources: nackKinds, verbs: ['get', 'list', 'watch', 'update'] },
        { apiGroups, resources: nackKinds.map((kind) => `${kind}/status`), verbs: ['update'] },
      ],
    });
    new RoleBinding(this, 'binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name }],
    });
  }
}

const name = 'nack';
const apiGroups = ['jetstream.nats.io'];
