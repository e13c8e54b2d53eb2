import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { archive } from './mirror/archive';
import { digestOf, findManifest, putArtifact } from './mirror/layout';
import { PAUSE_IMAGE, pauseProgram } from './pause';
import type { LabPlan } from './plan';

/** The folder in which a lab's mirror keeps images and artifacts, an OCI layout. */
export function layoutOf(plan: Pick<LabPlan, 'folder'>): string {
  return join(plan.folder, 'oci');
}

/** Puts the image that every pod starts with where nodes pull it from. */
export async function putPauseImage(plan: LabPlan): Promise<void> {
  const layer = await archive(new Map([['pause', pauseProgram()]]), 0o755);
  const config = {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Entrypoint: ['/pause'], WorkingDir: '/' },
    rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
  };
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/(.+):(.+)$/.exec(PAUSE_IMAGE) ?? [];
  if (findManifest(layoutOf(plan), host, repository, tag)) return;
  putArtifact(layoutOf(plan), PAUSE_IMAGE, {
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      content: Buffer.from(JSON.stringify(config)),
    },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', content: gzipSync(layer) }],
  });
}
