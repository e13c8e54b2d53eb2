import type { ImageDefinition } from '../types';
import { certificates, labels, userland } from './parts';

/** Consul, as `docker.io/hashicorp/consul`. */
export function consul(reference: string, version: string): ImageDefinition {
  return {
    reference,
    layers: [
      userland,
      { kind: 'debian', packages: ['curl', 'dumb-init', 'jq'], without: ['krb5-locales', 'publicsuffix'] },
      certificates,
      {
        kind: 'go',
        package: 'github.com/hashicorp/consul',
        version: `v${version}`,
        prebuilt: 'consul',
        to: 'bin/consul',
      },
      { kind: 'folder', from: 'images/consul', to: '' },
    ],
    config: {
      user: { name: 'consul', uid: 100, gid: 1000, home: '/home/consul' },
      entrypoint: ['docker-entrypoint.sh'],
      command: ['agent', '-dev', '-client', '0.0.0.0'],
      ports: [8300, 8301, 8302, 8500, 8600].flatMap(protocols),
      volumes: ['/consul/data'],
      folders: ['/consul/config'],
      ...labels('consul', version),
    },
  };
}

const streamOnly: ReadonlySet<number> = new Set([8300, 8500]);

function protocols(port: number): readonly string[] {
  return streamOnly.has(port) ? [`${port}/tcp`] : [`${port}/tcp`, `${port}/udp`];
}
