import type { ImageDefinition } from '../types';
import { certificates, labels, userland } from './parts';

/** The NATS server, as the `-alpine` variant of `docker.io/library/nats`. */
export function nats(reference: string, tag: string): ImageDefinition {
  const version = tag.replace('-alpine', '');
  const module = 'github.com/nats-io/nats-server/v2';
  return {
    reference,
    layers: [
      userland,
      certificates,
      {
        kind: 'go',
        package: module,
        version: `v${version}`,
        prebuilt: 'nats-server',
        to: 'usr/local/bin/nats-server',
      },
      { kind: 'folder', from: 'images/nats', to: '' },
    ],
    config: {
      user: { name: 'nats', uid: 1000, gid: 1000, home: '/home/nats' },
      entrypoint: ['docker-entrypoint.sh'],
      command: ['nats-server', '--config', '/etc/nats/nats-server.conf'],
      ports: ['4222/tcp', '6222/tcp', '8222/tcp'],
      folders: ['/data', '/var/run/nats'],
      ...labels('nats', version),
    },
  };
}

/** NACK, the operator of JetStream's streams, as `docker.io/natsio/jetstream-controller`. No shell. */
export function jetstreamController(reference: string, version: string): ImageDefinition {
  const module = 'github.com/nats-io/nack';
  return {
    reference,
    layers: [
      certificates,
      {
        kind: 'go',
        package: `${module}/cmd/jetstream-controller`,
        module,
        version: `v${version}`,
        to: 'usr/local/bin/jetstream-controller',
      },
      {
        kind: 'files',
        entries: [{ path: 'jetstream-controller', link: 'usr/local/bin/jetstream-controller' }],
      },
    ],
    config: {
      user: { name: 'nack', uid: 1000, gid: 1000, home: '/home/nack' },
      entrypoint: ['/jetstream-controller'],
      ...labels('nack', version),
    },
  };
}
