import { createHash } from 'node:crypto';
import type { Endpoint } from 'fluxwright';
import { Construct } from 'constructs';
import { Job, type JobProps } from '../../imports/kubernetes';
import { images } from '../versions';

/** Which topics, and where. */
export interface KafkaTopicsProps<Names extends readonly string[]> {
  readonly bootstrap: Endpoint;
  readonly topics: Names;
  /** @default 3 */
  readonly partitions?: number;
}

/**
 * Topics of a Kafka without an operator, made by a Job beside the programs that use them. What is there already
 * stays as it is; with another list it is another Job, and runs again.
 */
export class KafkaTopics<const Names extends readonly string[]> extends Construct {
  /** The topics' names, in order. */
  readonly names: Names;

  constructor(scope: Construct, id: string, { bootstrap, topics, partitions = 3 }: KafkaTopicsProps<Names>) {
    super(scope, id);
    this.names = topics;
    const name = `${scope.node.id}-${id}`;
    const spec = jobSpec(name, bootstrap, topics.map((topic) => create(topic, partitions)).join('\n'));
    const labels = { 'app.kubernetes.io/name': name };
    new Job(this, 'job', { metadata: { name: `${name}-${hashOf(spec)}`, labels }, spec });
  }
}

function create(topic: string, partitions: number): string {
  return `/opt/kafka/bin/kafka-topics.sh --bootstrap-server "$BROKERS" --create --if-not-exists --topic '${topic}' --partitions ${partitions}`;
}

/** A Job keeps its pods as they are: whatever changes in them has to change its name. */
function hashOf(spec: object): string {
  return createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 8);
}

function jobSpec(name: string, bootstrap: Endpoint, script: string): NonNullable<JobProps['spec']> {
  return {
    backoffLimit: 10,
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': name } },
      spec: {
        restartPolicy: 'OnFailure',
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [container(bootstrap, script)],
        volumes: [{ name: 'tmp', emptyDir: {} }],
      },
    },
  };
}

function container(bootstrap: Endpoint, script: string) {
  return {
    name: 'topics',
    image: images.kafka,
    imagePullPolicy: 'IfNotPresent' as const,
    command: ['bash', '-ec', script],
    env: [
      { name: 'BROKERS', value: bootstrap },
      { name: 'LOG_DIR', value: '/tmp' },
      { name: 'KAFKA_HEAP_OPTS', value: '-Xmx96m' },
    ],
    resources: { requests: { cpu: '50m', memory: '192Mi' }, limits: { memory: '256Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}
