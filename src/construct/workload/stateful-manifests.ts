import type { JsonObject } from '../../estate';
import { type Environment, environmentOf } from './environment';
import {
  checksum,
  checksumAnnotation,
  fileData,
  type Files,
  joinMounts,
  mountEmpty,
  mountFiles,
  mountSecrets,
  type Mounts,
} from './files';
import type { Peers } from './peers';
import { type Probe, probeOf, type ProbeTiming } from './probe';
import { containerSecurity, podSecurity } from './security';
import { type Manifest, manifest, selectorOf } from './manifest';

/** A port by its number; TCP unless it says otherwise. */
export type Port = number | { readonly port: number; readonly protocol: 'TCP' | 'UDP' };

/** Ports by their names. */
export interface Ports {
  readonly [name: string]: Port;
}

/** Text that may depend on who the peers are. */
export type ByPeers<T> = T | ((peers: Peers) => T);

/** A cluster of peers, by what is particular about it. */
export interface StatefulSpec {
  readonly image: string;
  /** How many peers; odd, where they vote. */
  readonly peers: number;
  /**
   * Whether the peers vote: then a budget, a spread and an odd number keep a majority together.
   *
   * @default true
   */
  readonly quorum?: boolean;
  /** What clients connect to; they get a Service of the cluster's own name. */
  readonly clientPorts: Ports;
  /**
   * What peers use among themselves, and what else is served.
   *
   * @default - none
   */
  readonly peerPorts?: Ports;
  /** @default - the image's own */
  readonly command?: readonly string[];
  /** @default - the image's own */
  readonly args?: readonly string[];
  /**
   * Environment; `POD_NAME` and `POD_IP` are there already.
   *
   * @default - none
   */
  readonly env?: ByPeers<Environment>;
  /**
   * Configuration files by their path; a change rolls the pods.
   *
   * @default - none
   */
  readonly files?: ByPeers<Files>;
  /**
   * Secrets by the folder that they are mounted at.
   *
   * @default - none
   */
  readonly secrets?: { readonly [path: string]: string };
  /** Sizes of volumes by the folder that they are mounted at. They outlive their pods, and the StatefulSet. */
  readonly storage: { readonly [path: string]: string };
  /**
   * Alive, or the peer is restarted. Never ask for a quorum here: all peers would be restarted when it is lost.
   *
   * @default - none
   */
  readonly live?: Probe & ProbeTiming;
  /** Ready, or clients are sent to other peers. */
  readonly ready: Probe & ProbeTiming;
  /**
   * Started; until then nothing else is asked.
   *
   * @default - none
   */
  readonly start?: Probe & ProbeTiming;
  /**
   * A command that runs in a peer before it is told to stop, e.g. to send its clients elsewhere.
   *
   * @default - none
   */
  readonly beforeStop?: readonly string[];
  readonly resources: JsonObject;
  /**
   * Folders that a peer may write to besides its storage, empty at each start.
   *
   * @default - ['/tmp']
   */
  readonly writable?: readonly string[];
  /** @default 1000 */
  readonly user?: number;
  /** @default - the user's number */
  readonly group?: number;
  /** @default 60 */
  readonly graceSeconds?: number;
  /**
   * Whether two peers may share a node when there are too few nodes.
   *
   * @default - never on `ha` clusters, if it must be on `lean` ones
   */
  readonly spread?: 'required' | 'preferred';
}

/** A cluster of peers, once it is known where it runs. */
export interface PlacedStateful extends Omit<StatefulSpec, 'env' | 'files' | 'spread'> {
  readonly name: string;
  readonly peerNames: Peers;
  readonly env: Environment;
  readonly files: Files;
  readonly spread: 'required' | 'preferred';
  readonly storageClass: string | undefined;
}

/** The annotation that says that a StatefulSet's pods vote. */
export const quorumAnnotation = 'fluxwright.dev/quorum';

/** All manifests of a cluster of peers. */
export function statefulManifests(cluster: PlacedStateful): Manifest[] {
  const { name, files, clientPorts, peerPorts = {}, peerNames } = cluster;
  const selector = selectorOf(name);
  const headless = {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector,
    ports: servicePorts({ ...clientPorts, ...peerPorts }),
  };
  const budget = { maxUnavailable: 1, selector: { matchLabels: selector } };
  return [
    ...(Object.keys(files).length > 0
      ? [manifest('config', 'v1', 'ConfigMap', `${name}-config`, { data: fileData(files) })]
      : []),
    manifest('headless', 'v1', 'Service', peerNames.service, { spec: headless }),
    manifest('service', 'v1', 'Service', name, { spec: { selector, ports: servicePorts(clientPorts) } }),
    manifest('budget', 'policy/v1', 'PodDisruptionBudget', name, { spec: budget }),
    manifest('set', 'apps/v1', 'StatefulSet', name, { spec: statefulSet(cluster) }),
  ];
}

function servicePorts(ports: Ports): JsonObject[] {
  return portList(ports).map(({ name, port, protocol }) => ({ name, port, protocol, targetPort: name }));
}

function portList(ports: Ports): { name: string; port: number; protocol: string }[] {
  return Object.entries(ports).map(([name, port]) => ({
    name,
    ...(typeof port === 'number' ? { port, protocol: 'TCP' } : port),
  }));
}

function statefulSet(cluster: PlacedStateful): JsonObject {
  const { name, peers, peerNames, files, storage } = cluster;
  const annotations =
    Object.keys(files).length > 0 ? { annotations: { [checksumAnnotation]: checksum(files) } } : {};
  const selector = selectorOf(name);
  return {
    replicas: peers,
    serviceName: peerNames.service,
    // Peers that wait for a quorum before they are ready would wait for each other for ever if started in order.
    podManagementPolicy: 'Parallel',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    revisionHistoryLimit: 3,
    updateStrategy: { type: 'RollingUpdate' },
    selector: { matchLabels: selector },
    template: { metadata: { labels: selector, ...annotations }, spec: podSpec(cluster) },
    volumeClaimTemplates: Object.entries(storage).map(([path, size]) =>
      claim(path, size, cluster.storageClass),
    ),
  };
}

function podSpec(cluster: PlacedStateful): JsonObject {
  const {
    name,
    files,
    secrets = {},
    writable = ['/tmp'],
    user = 1000,
    group = user,
    graceSeconds = 60,
  } = cluster;
  const mounts = joinMounts([
    mountFiles(`${name}-config`, files),
    mountSecrets(secrets),
    mountEmpty(writable),
    storageMounts(cluster),
  ]);
  return {
    automountServiceAccountToken: false,
    // Variables named after Services would be read as configuration by many of these programs.
    enableServiceLinks: false,
    securityContext: podSecurity(user, group),
    terminationGracePeriodSeconds: graceSeconds,
    affinity: { podAntiAffinity: apart(name, cluster.spread) },
    containers: [container(cluster, mounts.volumeMounts)],
    volumes: mounts.volumes,
  };
}

function container(cluster: PlacedStateful, volumeMounts: readonly JsonObject[]): JsonObject {
  const { image, command, args, env, clientPorts, peerPorts = {}, resources } = cluster;
  const { live, ready, start, beforeStop } = cluster;
  const ports = portList({ ...clientPorts, ...peerPorts });
  return {
    name: 'main',
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(command === undefined ? {} : { command: [...command] }),
    ...(args === undefined ? {} : { args: [...args] }),
    ports: ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol })),
    env: environmentOf({ ...ownNames, ...env }),
    resources,
    securityContext: containerSecurity,
    ...(live === undefined ? {} : { livenessProbe: probeOf(live) }),
    readinessProbe: probeOf(ready),
    ...(start === undefined ? {} : { startupProbe: probeOf(start) }),
    ...(beforeStop === undefined ? {} : { lifecycle: { preStop: { exec: { command: [...beforeStop] } } } }),
    volumeMounts,
  };
}

const ownNames: Environment = {
  POD_NAME: { fieldRef: { fieldPath: 'metadata.name' } },
  POD_IP: { fieldRef: { fieldPath: 'status.podIP' } },
};

function apart(name: string, spread: 'required' | 'preferred'): JsonObject {
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: selectorOf(name) } };
  if (spread === 'required') return { requiredDuringSchedulingIgnoredDuringExecution: [term] };
  return { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] };
}

function storageMounts({ storage }: PlacedStateful): Mounts {
  return {
    volumes: [],
    volumeMounts: Object.keys(storage).map((mountPath) => ({ name: claimName(mountPath), mountPath })),
  };
}

function claim(path: string, size: string, storageClass: string | undefined): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claimName(path) },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
    },
  };
}

/** The last folder names the claim: `/var/lib/kafka/data` is `data`. */
function claimName(path: string): string {
  return (path.split('/').findLast(Boolean) ?? 'data').toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-');
}
