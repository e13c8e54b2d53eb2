import type { ImageDefinition } from '../types';
import { certificates, labels } from './parts';

/** Debian's HAProxy as a child of consul-template, which keeps its list of servers. No shell. */
export function balancer(reference: string, version: string): ImageDefinition {
  const files = ['consul-template.hcl', 'haproxy.cfg.ctmpl'];
  return {
    reference,
    layers: [
      { kind: 'debian', packages: ['haproxy'] },
      consulTemplate,
      certificates,
      { kind: 'folder', from: 'services/balancer', only: files, to: 'etc/balancer' },
    ],
    config: {
      user: { name: 'haproxy', uid: 1000, gid: 1000, home: '/home/haproxy' },
      entrypoint: ['consul-template'],
      command: ['-config', '/etc/balancer/consul-template.hcl'],
      ports: ['8080/tcp', '8404/tcp'],
      folders: ['/run/balancer'],
      ...labels('balancer', version),
    },
  };
}

const consulTemplate = {
  kind: 'go',
  package: 'github.com/hashicorp/consul-template',
  version: 'v0.41.1',
  prebuilt: 'consul-template',
  to: 'usr/local/bin/consul-template',
} as const;
