import type { ImageDefinition } from '../types';
import { bashAndLibraries, javaEnvironment, javaRuntime, labels, netcat, userland } from './parts';

/** ZooKeeper 3.9, as `docker.io/library/zookeeper`. */
export function zookeeper(reference: string, version: string): ImageDefinition {
  const home = `/apache-zookeeper-${version}-bin`;
  return {
    reference,
    layers: [
      javaRuntime,
      userland,
      bashAndLibraries,
      netcat,
      { kind: 'maven', artifacts: artifacts(version), to: `${home}/lib` },
      { kind: 'folder', from: 'images/zookeeper/bin', to: `${home}/bin` },
      { kind: 'folder', from: 'images/zookeeper/root', to: '' },
    ],
    config: {
      user: { name: 'zookeeper', uid: 1000, gid: 1000, home: '/home/zookeeper' },
      entrypoint: ['/docker-entrypoint.sh'],
      command: ['zkServer.sh', 'start-foreground'],
      environment: { ...javaEnvironment, PATH: `${javaEnvironment.PATH}:${home}/bin`, ...settings },
      workingDirectory: home,
      ports: ['2181/tcp', '2888/tcp', '3888/tcp', '8080/tcp'],
      volumes: ['/data', '/datalog', '/logs'],
      folders: ['/conf'],
      ...labels('zookeeper', version),
    },
  };
}

const settings = {
  ZOOCFGDIR: '/conf',
  ZOO_CONF_DIR: '/conf',
  ZOO_DATA_DIR: '/data',
  ZOO_DATA_LOG_DIR: '/datalog',
  ZOO_LOG_DIR: '/logs',
  ZOO_TICK_TIME: '2000',
  ZOO_INIT_LIMIT: '5',
  ZOO_SYNC_LIMIT: '2',
  ZOO_AUTOPURGE_PURGEINTERVAL: '0',
  ZOO_AUTOPURGE_SNAPRETAINCOUNT: '3',
  ZOO_MAX_CLIENT_CNXNS: '60',
  ZOO_STANDALONE_ENABLED: 'true',
  ZOO_ADMINSERVER_ENABLED: 'true',
} as const;

// The server's own dependencies come with it; the rest is what its release brings along as "provided".
function artifacts(version: string): readonly string[] {
  return [
    `org.apache.zookeeper:zookeeper:${version}`,
    'org.apache.zookeeper:zookeeper-prometheus-metrics:3.9.4',
    'ch.qos.logback:logback-classic:1.3.15',
    'com.fasterxml.jackson.core:jackson-databind:2.15.2',
    'commons-cli:commons-cli:1.5.0',
    'io.dropwizard.metrics:metrics-core:4.1.12.1',
    'org.eclipse.jetty:jetty-server:9.4.58.v20250814',
    'org.eclipse.jetty:jetty-servlet:9.4.58.v20250814',
    'org.jline:jline:3.25.1',
    'org.xerial.snappy:snappy-java:1.1.10.5',
  ];
}
