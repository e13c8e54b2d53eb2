import type { FilesSource, ImageDefinition } from '../types';
import { bashAndLibraries, javaEnvironment, javaRuntime, labels, netcat, userland } from './parts';

/** Kafka 4, as `docker.io/apache/kafka`. */
export function kafka(reference: string, version: string): ImageDefinition {
  return {
    reference,
    layers: [
      javaRuntime,
      userland,
      bashAndLibraries,
      netcat,
      { kind: 'maven', artifacts: artifacts(version), without: connectors, to: 'opt/kafka/libs' },
      { kind: 'folder', from: 'images/kafka/bin', to: 'opt/kafka/bin' },
      { kind: 'folder', from: 'images/kafka/root', to: '' },
      tools,
    ],
    config: {
      user: { name: 'appuser', uid: 1000, gid: 1000, home: '/home/appuser' },
      command: ['/etc/kafka/docker/run'],
      environment: javaEnvironment,
      ports: ['9092/tcp'],
      volumes: ['/etc/kafka/secrets', '/var/lib/kafka/data', '/mnt/shared/config'],
      folders: ['/opt/kafka/config', '/opt/kafka/logs'],
      ...labels('kafka', version),
    },
  };
}

function artifacts(version: string): readonly string[] {
  return [
    `org.apache.kafka:kafka_2.13:${version}`,
    `org.apache.kafka:kafka-tools:${version}`,
    'org.apache.logging.log4j:log4j-slf4j-impl:2.25.4',
  ];
}

/** Kafka Connect and its HTTP server: nothing here starts them. */
const connectors = [
  'org.apache.kafka:connect-runtime',
  'org.apache.kafka:connect-transforms',
  'org.apache.kafka:connect-json',
];

/** The commands, and the class that each one is. */
const classes: { readonly [command: string]: string } = {
  'kafka-acls': 'org.apache.kafka.tools.AclCommand',
  'kafka-broker-api-versions': 'org.apache.kafka.tools.BrokerApiVersionsCommand',
  'kafka-client-metrics': 'org.apache.kafka.tools.ClientMetricsCommand',
  'kafka-cluster': 'org.apache.kafka.tools.ClusterTool',
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-console-producer': 'org.apache.kafka.tools.ConsoleProducer',
  'kafka-consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  'kafka-consumer-perf-test': 'org.apache.kafka.tools.ConsumerPerformance',
  'kafka-delete-records': 'org.apache.kafka.tools.DeleteRecordsCommand',
  'kafka-dump-log': 'org.apache.kafka.tools.DumpLogSegments',
  'kafka-features': 'org.apache.kafka.tools.FeatureCommand',
  'kafka-get-offsets': 'org.apache.kafka.tools.GetOffsetShell',
  'kafka-groups': 'org.apache.kafka.tools.GroupsCommand',
  'kafka-leader-election': 'org.apache.kafka.tools.LeaderElectionCommand',
  'kafka-log-dirs': 'org.apache.kafka.tools.LogDirsCommand',
  'kafka-metadata-quorum': 'org.apache.kafka.tools.MetadataQuorumCommand',
  'kafka-producer-perf-test': 'org.apache.kafka.tools.ProducerPerformance',
  'kafka-reassign-partitions': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  'kafka-storage': 'kafka.tools.StorageTool',
  'kafka-topics': 'org.apache.kafka.tools.TopicCommand',
  'kafka-transactions': 'org.apache.kafka.tools.TransactionsCommand',
  'kafka-verifiable-consumer': 'org.apache.kafka.tools.VerifiableConsumer',
  'kafka-verifiable-producer': 'org.apache.kafka.tools.VerifiableProducer',
};

const tools: FilesSource = {
  kind: 'files',
  entries: Object.entries(classes).map(([command, name]) => ({
    path: `opt/kafka/bin/${command}.sh`,
    text: `#!/bin/bash\nexec "$(dirname "\${BASH_SOURCE[0]}")/kafka-run-class.sh" ${name} "$@"\n`,
    mode: 0o755,
  })),
};
