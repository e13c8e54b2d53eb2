import { Cluster, external, type FluxApp } from 'fluxwright';
import { Hello } from '../apps/hello';
import { MySrv } from '../apps/mysrv';
import { Publishing } from '../apps/publishing';
import { Ratings } from '../apps/ratings';
import { Shop } from '../apps/shop';
import { Postgres } from '../data/postgres';
import { ZooKeeper } from '../data/zookeeper';
import { Consul } from '../discovery/consul';
import { Nats } from '../queuing/nats';
import { RawKafka } from '../queuing/raw-kafka';
import { nackKinds, RawNatsStreams } from '../queuing/raw-nats-streams';

/** Six Java machines share two cores: what is compiled well is compiled too late. */
const javaOptions = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1';

/** The machine of a lab that runs everything but pods. */
const hub = '10.250.0.1/32';

/** The cluster that `fluxwright lab up` starts: every system for real, none but the streams of NATS with an operator, and all our programs. */
export class LabCluster extends Cluster {
  constructor(app: FluxApp) {
    super(app, 'lab', {
      profile: 'lean',
      storageClass: 'standard',
      networkPolicies: true,
      apiServer: { cidrs: [hub], port: 6443 },
      dns: { cidrs: [hub] },
    });
    this.#kinds(
      'cert-manager.io',
      ['certificaterequests', 'certificates', 'clusterissuers', 'issuers'],
      'the lab brings cert-manager, as it brings Flux',
    );
    this.#kinds('jetstream.nats.io', nackKinds, 'the lab brings the kinds that NACK looks after');
    this.#systems();
  }

  /** Kinds are there before whoever looks after them. */
  #kinds(group: string, plurals: readonly string[], reason: string): void {
    const kind = 'apiextensions.k8s.io/CustomResourceDefinition';
    for (const plural of plurals) external(this, { kind, name: `${plural}.${group}`, reason });
  }

  #systems(): void {
    new ZooKeeper(this, { storage: '1Gi', javaOptions });
    const consul = new Consul(this, { storage: '1Gi', uiType: 'NodePort' });
    const kafka = new RawKafka(this, { clusterId: 'Hn3yQdUKTuGXZ1lT4bq8Aw', storage: '2Gi', javaOptions });
    const nats = new Nats(this, { storage: '1Gi' });
    const database = new Postgres(this, { namespace: 'shop', database: 'shop', storage: '1Gi' });
    new Publishing(this, { kafka });
    new Ratings(this, { kafka });
    new RawNatsStreams(this, { nats }).stream('messages', 'messages');
    new Hello(this, { nats });
    new MySrv(this, { consul });
    new Shop(this, { database });
  }
}
