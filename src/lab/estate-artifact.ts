import { gzipSync } from 'node:zlib';
import type { FileTree } from '../estate';
import { canonicalReference } from '../images';
import { ARTIFACT_TAG } from './flux';
import { archive } from './mirror/archive';
import { putArtifact } from './mirror/layout';
import { layoutOf } from './pause-image';
import type { LabPlan } from './plan';

/** Puts a cluster's folder where a lab's Flux pulls it as an OCI artifact, as `flux push artifact` would; returns its digest. */
export async function putEstateArtifact(plan: LabPlan, url: string, files: FileTree): Promise<string> {
  const name = canonicalReference(`${url.replace('oci://', '')}:${ARTIFACT_TAG}`);
  const content = gzipSync(await archive(files));
  return putArtifact(layoutOf(plan), name, {
    config: { mediaType: 'application/vnd.cncf.flux.config.v1+json', content: Buffer.from('{}') },
    layers: [{ mediaType: 'application/vnd.cncf.flux.content.v1.tar+gzip', content }],
  }).digest;
}
