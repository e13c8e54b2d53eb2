import { parseReference } from '../reference';
import type { ImageDefinition } from '../types';
import { consul } from './consul';
import { kafka } from './kafka';
import { jetstreamController, nats } from './nats';
import { postgres } from './postgres';
import { programImage, programs } from './program';
import { busybox, pause } from './small';
import { zookeeper } from './zookeeper';

export { programImage, programs } from './program';

interface System {
  readonly registry: string;
  readonly repository: string;
  /** The tags that can be built; each holds a version in full. */
  readonly tags: RegExp;
  readonly define: (reference: string, tag: string) => ImageDefinition;
}

const systems: readonly System[] = [
  { registry: 'docker.io', repository: 'library/zookeeper', tags: /^3\.9\.\d+$/, define: zookeeper },
  { registry: 'docker.io', repository: 'apache/kafka', tags: /^4\.\d+\.\d+$/, define: kafka },
  { registry: 'docker.io', repository: 'hashicorp/consul', tags: /^\d+\.\d+\.\d+$/, define: consul },
  { registry: 'docker.io', repository: 'library/nats', tags: /^2\.\d+\.\d+-alpine$/, define: nats },
  {
    registry: 'docker.io',
    repository: 'natsio/jetstream-controller',
    tags: /^\d+\.\d+\.\d+$/,
    define: jetstreamController,
  },
  { registry: 'docker.io', repository: 'library/postgres', tags: /^15(\.\d+)?$/, define: postgres },
  { registry: 'docker.io', repository: 'library/busybox', tags: /^1\.\d+(\.\d+)?$/, define: busybox },
  { registry: 'registry.k8s.io', repository: 'pause', tags: /^3\.\d+(\.\d+)?$/, define: pause },
];

/** The definition of the image that a manifest names, where this package knows how to build it. */
export function imageFor(reference: string): ImageDefinition | undefined {
  if (reference.includes('@')) return undefined;
  const { registry, repository, tag } = parseReference(reference);
  const system = systems.find(
    (row) => row.registry === registry && row.repository === repository && row.tags.test(tag),
  );
  if (system) return system.define(reference, tag);
  const program = /(?:^|\/)fluxwright\/([^/]+)$/.exec(repository)?.[1];
  return program !== undefined && programs().includes(program) ? programImage(program, reference) : undefined;
}
