import { rootCertificates } from 'node:tls';
import type { BusyboxSource, DebianSource, FilesSource, ImageConfig, JavaSource } from '../types';

/** The well-known certificate authorities, where OpenSSL and Go look for them: those that Node ships. */
export const certificates: FilesSource = {
  kind: 'files',
  entries: [{ path: 'etc/ssl/certs/ca-certificates.crt', text: `${rootCertificates.join('\n')}\n` }],
};

/** `sh` and some 270 small programs. */
export const userland: BusyboxSource = { kind: 'busybox' };

/** Where Java is, as in the images of Eclipse Temurin on which the official ones build. */
export const javaEnvironment = {
  JAVA_HOME: '/opt/java/openjdk',
  PATH: '/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
} as const;

/** A runtime that both ZooKeeper and Kafka run on: one layer for both images. */
export const javaRuntime: JavaSource = {
  kind: 'java',
  to: 'opt/java/openjdk',
  // Log4j listens to java.beans, which is a part of java.desktop; its libraries for pictures and sound are not.
  without: ['glob:/java.desktop/lib/**'],
  modules: [
    'java.base',
    'java.desktop',
    'java.logging',
    'java.management',
    'java.naming',
    'java.rmi',
    'java.security.jgss',
    'java.security.sasl',
    'java.sql',
    'java.xml',
    'jdk.crypto.ec',
    'jdk.management',
    'jdk.management.agent',
    'jdk.net',
    'jdk.unsupported',
    'jdk.zipfs',
  ],
};

/** Bash, and what the Java runtime is linked to: one layer for both images. */
export const bashAndLibraries: DebianSource = {
  kind: 'debian',
  packages: ['bash', 'libc6', 'libstdc++6', 'netcat-openbsd', 'zlib1g'],
};

/** `nc` is the one of OpenBSD where that is installed, as in Debian. */
export const netcat: FilesSource = { kind: 'files', entries: [{ path: 'bin/nc', link: 'nc.openbsd' }] };

/** The labels that say what an image is. */
export function labels(title: string, version: string): Required<Pick<ImageConfig, 'labels'>> {
  return { labels: { 'org.opencontainers.image.title': title, 'org.opencontainers.image.version': version } };
}
