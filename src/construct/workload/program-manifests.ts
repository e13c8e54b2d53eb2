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
} from './files';
import { type Manifest, manifest, selectorOf } from './manifest';
import { type Probe, probeOf, type ProbeTiming } from './probe';
import { containerSecurity, podSecurity } from './security';

/** How many of a program run: a number, or a range that follows their use of CPU. */
export type Replicas = number | { readonly min: number; readonly max: number; readonly cpuPercent?: number };

/** One of our own services, by what is particular about it. */
export interface ProgramSpec {
  readonly image: string;
  /**
   * The port that it serves HTTP on; it gets a Service of the same port.
   *
   * @default - it serves nothing
   */
  readonly port?: number;
  /**
   * How its Service is reached from outside of the cluster.
   *
   * @default - not at all
   */
  readonly serviceType?: 'NodePort' | 'LoadBalancer';
  /**
   * Configuration from the environment. An `Endpoint` or a key of a Secret in here is also what the program is
   * installed after.
   *
   * @default - none
   */
  readonly env?: Environment;
  /**
   * Configuration files; a change rolls the pods.
   *
   * @default - none
   */
  readonly files?: Files;
  /**
   * Secrets by the folder that they are mounted at.
   *
   * @default - none
   */
  readonly secrets?: { readonly [path: string]: string };
  /** @default 1 */
  readonly replicas?: Replicas;
  /** @default - the image's own */
  readonly command?: readonly string[];
  /** @default - the image's own */
  readonly args?: readonly string[];
  /**
   * Alive, or it is restarted.
   *
   * @default - GET /health where there is a port
   */
  readonly live?: Probe & ProbeTiming;
  /**
   * Ready, or it gets no requests.
   *
   * @default - GET /ready where there is a port
   */
  readonly ready?: Probe & ProbeTiming;
  /** @default - 50m CPU and 128Mi of memory, at most 256Mi */
  readonly resources?: JsonObject;
  /**
   * Folders that it may write to, empty at each start.
   *
   * @default - ['/tmp']
   */
  readonly writable?: readonly string[];
  /** @default 1000 */
  readonly user?: number;
  /** @default 30 */
  readonly graceSeconds?: number;
  /**
   * Who it is for the API server. With one it has a token, and network policies let it get there.
   *
   * @default - nobody
   */
  readonly serviceAccount?: string;
}

/** What a program is, once it is known where it runs. */
export interface PlacedProgram extends ProgramSpec {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
}

/** All manifests of a program. A pure function: the plain objects and the Helm chart are made from the same. */
export function programManifests(program: PlacedProgram): Manifest[] {
  const { name, port, serviceType, files = {} } = program;
  const { replicas = 1 } = program;
  // A chart decides when it is released.
  const several = typeof replicas !== 'number' || replicas > 1;
  return [
    ...(Object.keys(files).length > 0
      ? [manifest('config', 'v1', 'ConfigMap', `${name}-config`, { data: fileData(files) })]
      : []),
    manifest('deployment', 'apps/v1', 'Deployment', name, { spec: deployment(program) }),
    ...(port === undefined
      ? []
      : [manifest('service', 'v1', 'Service', name, { spec: service(name, port, serviceType) })]),
    ...(several
      ? [manifest('budget', 'policy/v1', 'PodDisruptionBudget', name, { spec: budget(name) })]
      : []),
    ...(typeof program.replicas === 'object'
      ? [
          manifest('autoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', name, {
            spec: autoscaler(name, program.replicas),
          }),
        ]
      : []),
  ];
}

function deployment(program: PlacedProgram): JsonObject {
  const { name, replicas = 1, files = {}, labels } = program;
  const annotations =
    Object.keys(files).length > 0 ? { annotations: { [checksumAnnotation]: checksum(files) } } : {};
  return {
    ...(typeof replicas === 'object' ? {} : { replicas }),
    revisionHistoryLimit: 3,
    selector: { matchLabels: selectorOf(name) },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: {
      metadata: { labels: { ...labels, ...selectorOf(name) }, ...annotations },
      spec: podSpec(program),
    },
  };
}

function podSpec(program: PlacedProgram): JsonObject {
  const { name, files = {}, secrets = {}, writable = ['/tmp'], user = 1000, graceSeconds = 30 } = program;
  const { serviceAccount: serviceAccountName } = program;
  const mounts = joinMounts([
    mountFiles(`${name}-config`, files),
    mountSecrets(secrets),
    mountEmpty(writable),
  ]);
  return {
    ...(serviceAccountName === undefined ? { automountServiceAccountToken: false } : { serviceAccountName }),
    // Variables named after Services would be read as configuration by many programs.
    enableServiceLinks: false,
    securityContext: podSecurity(user, user),
    terminationGracePeriodSeconds: graceSeconds,
    topologySpreadConstraints: [spread(name)],
    containers: [container(program, mounts.volumeMounts)],
    volumes: mounts.volumes,
  };
}

function container(program: PlacedProgram, volumeMounts: readonly JsonObject[]): JsonObject {
  const { image, port, env, command, args, resources = usualResources } = program;
  const { live = usual(port, '/health'), ready = usual(port, '/ready') } = program;
  return {
    name: 'main',
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(command === undefined ? {} : { command: [...command] }),
    ...(args === undefined ? {} : { args: [...args] }),
    ...(port === undefined ? {} : { ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }] }),
    env: environmentOf(env),
    resources,
    securityContext: containerSecurity,
    ...(live === undefined ? {} : { livenessProbe: probeOf(live) }),
    ...(ready === undefined ? {} : { readinessProbe: probeOf(ready) }),
    volumeMounts,
  };
}

/** What a program gets that says nothing of it. */
export const usualResources: JsonObject = {
  requests: { cpu: '50m', memory: '128Mi' },
  limits: { memory: '256Mi' },
};

function usual(port: number | undefined, path: string): (Probe & ProbeTiming) | undefined {
  return port === undefined ? undefined : { http: path, port: 'http' };
}

function spread(name: string): JsonObject {
  const labelSelector = { matchLabels: selectorOf(name) };
  return {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector,
  };
}

function service(name: string, port: number, type: ProgramSpec['serviceType']): JsonObject {
  const ports = [{ name: 'http', port, targetPort: 'http', protocol: 'TCP' }];
  return { ...(type === undefined ? {} : { type }), selector: selectorOf(name), ports };
}

function budget(name: string): JsonObject {
  return { maxUnavailable: 1, selector: { matchLabels: selectorOf(name) } };
}

function autoscaler(name: string, { min, max, cpuPercent = 75 }: Exclude<Replicas, number>): JsonObject {
  const target = { type: 'Utilization', averageUtilization: cpuPercent };
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: min,
    maxReplicas: max,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
  };
}
