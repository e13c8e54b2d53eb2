import { type Cluster, type Environment, external, FluxChart, secretKey, StatefulCluster } from 'fluxwright';
import { patience, slowStart } from '../probes';
import { images } from '../versions';

/** Whose database it is, and how big. */
export interface PostgresProps {
  /** The namespace of the programs that own it: its password is there and nowhere else. */
  readonly namespace: string;
  /** The database's name, and its owner's. */
  readonly database: string;
  /** @default '10Gi' */
  readonly storage?: string;
}

/** One PostgreSQL without replicas, for where losing minutes to a lost node is no loss. */
export class Postgres extends FluxChart {
  override readonly namespace: string;
  /** What a program is told to reach the database, as its owner. */
  readonly environment: Environment;

  constructor(cluster: Cluster, { namespace, database, storage = '10Gi' }: PostgresProps) {
    super(cluster, 'postgres', { namespace, podSecurity: 'restricted' });
    this.namespace = namespace;
    const secret = 'postgres';
    external(this, {
      kind: 'Secret',
      namespace,
      name: secret,
      reason: 'a password belongs to one cluster: whoever sets it up makes it up',
      generate: { password: 'hex:24' },
    });
    const server = this.#server(database, secret, storage);
    this.environment = {
      DATABASE_PASSWORD: secretKey(secret, 'password'),
      DATABASE_URL: `postgres://${database}:$(DATABASE_PASSWORD)@${server.endpoint('postgres')}/${database}`,
    };
  }

  #server(database: string, secret: string, storage: string): StatefulCluster {
    const data = '/var/lib/postgresql/data';
    return new StatefulCluster(this, 'postgres', {
      image: images.postgres,
      peers: 1,
      quorum: false,
      user: 999,
      clientPorts: { postgres: 5432 },
      env: {
        POSTGRES_USER: database,
        POSTGRES_DB: database,
        POSTGRES_PASSWORD: secretKey(secret, 'password'),
        // Below the volume: a volume's own folder belongs to somebody else, and may hold lost+found.
        PGDATA: `${data}/pgdata`,
      },
      storage: { [data]: storage },
      writable: ['/var/run/postgresql', '/tmp'],
      start: { tcp: 'postgres', ...slowStart },
      ready: { exec: ['pg_isready', '-h', '127.0.0.1', '-U', database], timeout: 5 },
      live: { tcp: 'postgres', ...patience },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    });
  }
}
