import type { ImageDefinition } from '../types';
import { certificates, labels, userland } from './parts';

/** Debian's static busybox, as `docker.io/library/busybox`. It runs as root unless the pod says otherwise, as the official one. */
export function busybox(reference: string, version: string): ImageDefinition {
  return {
    reference,
    layers: [userland, certificates],
    config: {
      user: { name: 'root', uid: 0, gid: 0, home: '/root' },
      command: ['sh'],
      ...labels('busybox', version),
    },
  };
}

/** What holds a pod's namespaces open, as `registry.k8s.io/pause`. */
export function pause(reference: string, version: string): ImageDefinition {
  return {
    reference,
    layers: [{ kind: 'go-file', file: 'images/pause/main.go', to: 'pause' }],
    config: {
      user: { name: 'pause', uid: 65535, gid: 65535, home: '/' },
      entrypoint: ['/pause'],
      ...labels('pause', version),
    },
  };
}
