import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { near, podParts, secret } from './shapes';

/** Which cluster something belongs to. */
const cluster = (kind: string): ShortRow => [
  'metadata.labels."strimzi.io/cluster"',
  `kafka.strimzi.io/${kind}`,
  'runtime',
];

/** How Connect, MirrorMaker and the Bridge log in to Kafka. */
const client: readonly ShortRow[] = [
  secret('authentication.certificateAndKey.secretName', { key: 'certificate' }),
  secret('authentication.passwordSecret.secretName', { key: 'password' }),
  secret('tls.trustedCertificates[].secretName', { key: 'certificate' }),
];

const alteredOffsets: ShortRow = ['alterOffsets.fromConfigMap.name', 'ConfigMap', 'runtime'];
const storageClass = 'storage.k8s.io/StorageClass';

/** Strimzi. A KafkaNodePool names its Kafka too, but neither gets ready alone: nothing may wait in between. */
export const strimziReferences: ReferenceTable = {
  'kafka.strimzi.io/Kafka': rows('spec', [
    secret('kafka.listeners[].configuration.brokerCertChainAndKey.secretName', { key: 'certificate' }),
    [
      'kafka.listeners[].configuration.parentRefs[].name',
      { kind: 'kind', group: 'group', otherwise: 'gateway.networking.k8s.io/Gateway' },
      'runtime',
      near,
    ],
    ...podParts,
  ]),
  'kafka.strimzi.io/KafkaNodePool': rows('spec', [
    ['storage.class', storageClass, 'start'],
    ['storage.volumes[].class', storageClass, 'start'],
    ...podParts,
  ]),
  'kafka.strimzi.io/KafkaTopic': rows('', [cluster('Kafka')]),
  'kafka.strimzi.io/KafkaUser': [...rows('', [cluster('Kafka')]), ...rows('spec', podParts)],
  'kafka.strimzi.io/KafkaRebalance': rows('', [cluster('Kafka')]),
  'kafka.strimzi.io/KafkaConnector': [
    ...rows('', [cluster('KafkaConnect')]),
    ...rows('spec', [alteredOffsets]),
  ],
  'kafka.strimzi.io/KafkaConnect': rows('spec', [
    ...client,
    secret('build.output.pushSecret'),
    secret('template.buildConfig.pullSecret'),
    ...podParts,
  ]),
  'kafka.strimzi.io/KafkaMirrorMaker2': rows('spec', [
    ...below('target', client),
    ...below('mirrors[].source', client),
    ...below('mirrors[].sourceConnector', [alteredOffsets]),
    ...below('mirrors[].checkpointConnector', [alteredOffsets]),
    ...podParts,
  ]),
  'kafka.strimzi.io/KafkaBridge': rows('spec', [
    ...client,
    secret('http.tls.certificateAndKey.secretName', { key: 'certificate' }),
    ...podParts,
  ]),
  'access.strimzi.io/KafkaAccess': rows('spec', [
    ['kafka.name', 'kafka.strimzi.io/Kafka', 'start', near],
    [
      'user.name',
      { kind: 'kind', group: 'apiGroup', otherwise: 'kafka.strimzi.io/KafkaUser' },
      'start',
      near,
    ],
  ]),
};
