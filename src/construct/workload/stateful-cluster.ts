import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster } from '../cluster';
import { type Named, objectName } from '../names';
import { type Endpoint, serviceEndpoint } from '../references';
import { type Peers, peersOf } from './peers';
import { selectorOf } from './manifest';
import {
  type ByPeers,
  type PlacedStateful,
  quorumAnnotation,
  statefulManifests,
  type StatefulSpec,
} from './stateful-manifests';
import { certificateOf, type Tls } from './tls';

/** What a StatefulCluster is made from. */
export interface StatefulClusterProps extends StatefulSpec, Named {
  /**
   * A certificate for all peers and the Services, from cert-manager, mounted into each pod.
   *
   * @default - none
   */
  readonly tls?: Tls;
}

/**
 * A StatefulSet of peers, done right: each has a name and volumes for life, they are kept on different nodes, a
 * budget keeps their majority together, and a change of their configuration rolls them.
 *
 * @example
 * const zookeeper = new StatefulCluster(this, 'zookeeper', {
 *   image: images.zookeeper,
 *   peers: 3,
 *   clientPorts: { client: 2181 },
 *   peerPorts: { follower: 2888, election: 3888 },
 *   files: (peers) => ({ '/conf/zoo.cfg': configuration(peers) }),
 *   storage: { '/data': '10Gi' },
 *   ready: { exec: ['/bin/sh', '-c', 'echo srvr | nc -w 2 127.0.0.1 2181 | grep -q Mode'] },
 *   resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } },
 * });
 */
export class StatefulCluster extends Construct {
  readonly name: string;
  readonly peers: Peers;
  readonly #spec: StatefulSpec;

  constructor(scope: Construct, id: string, props: StatefulClusterProps) {
    super(scope, id);
    this.name = props.name ?? objectName(this);
    this.peers = peersOf(this, this.name, props.peers);
    this.#spec = props;
    const labels = selectorOf(this.name);
    for (const { id: part, apiVersion, kind, name, body } of statefulManifests(this.#placed(props))) {
      const voting =
        kind === 'StatefulSet'
          ? { annotations: { [quorumAnnotation]: props.quorum === false ? 'none' : 'majority' } }
          : {};
      const metadata = { name, labels, ...voting };
      const object = new ApiObject(this, part, { apiVersion, kind, metadata, ...body });
      if (kind === 'StatefulSet') this.node.defaultChild = object;
    }
    if (props.tls) certificateOf(this, this.name, this.peers, props.tls);
  }

  /** Where clients connect: one of the client ports by its name. */
  endpoint(port: string): Endpoint {
    const found = this.#spec.clientPorts[port];
    if (found === undefined) {
      const known = Object.keys(this.#spec.clientPorts).join(', ');
      throw new Error(`${this.node.path} has no client port ${port}: it has ${known}`);
    }
    return serviceEndpoint(this, this.name, numberOf(found));
  }

  /** Where each peer answers on a port, for clients that want to know them all. */
  peerEndpoints(port: string): Endpoint[] {
    const found = { ...this.#spec.peerPorts, ...this.#spec.clientPorts }[port];
    if (found === undefined) throw new Error(`${this.node.path} has no port ${port}`);
    return this.peers.hosts.map((host): Endpoint => `${host}:${numberOf(found)}`);
  }

  #placed(props: StatefulClusterProps): PlacedStateful {
    const cluster = Cluster.tryOf(this);
    const secrets = { ...props.secrets, ...(props.tls ? { [props.tls.path]: `${this.name}-tls` } : {}) };
    return {
      ...props,
      name: this.name,
      peerNames: this.peers,
      env: byPeers(props.env ?? {}, this.peers),
      files: byPeers(props.files ?? {}, this.peers),
      secrets,
      spread: props.spread ?? (cluster?.profile === 'ha' ? 'required' : 'preferred'),
      storageClass: cluster?.storageClass,
    };
  }
}

function numberOf(port: StatefulSpec['clientPorts'][string]): number {
  return typeof port === 'number' ? port : port.port;
}

function byPeers<T extends object>(value: ByPeers<T>, peers: Peers): T {
  return typeof value === 'function' ? value(peers) : value;
}
