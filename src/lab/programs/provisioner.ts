import { join } from 'node:path';
import { KubeClient, type LiveObject } from '../api/client';
import { readConnection } from '../api/connection';
import { credentialPaths } from '../credentials';
import { createVolumeFolder, growthOf, removeVolumeFolder, volumeFor, isOurReleased } from '../volumes';

/** Makes, grows and removes the local volumes of one lab. */
function main(folder: string): void {
  const client = new KubeClient(readConnection(credentialPaths(folder).kubeconfig('admin')));
  const nodes = join(folder, 'nodes');
  client.follow('/api/v1/persistentvolumeclaims', ({ type, object }) => {
    if (type !== 'DELETED')
      attempt(`claim ${object.metadata.namespace}/${object.metadata.name}`, serve(client, nodes, object));
  });
  client.follow('/api/v1/persistentvolumes', ({ type, object }) => {
    if (type !== 'DELETED') attempt(`volume ${object.metadata.name}`, reclaim(client, nodes, object));
  });
}

async function serve(client: KubeClient, nodes: string, claim: LiveObject): Promise<void> {
  const volume = volumeFor(claim);
  if (volume) {
    createVolumeFolder(nodes, volume);
    await client.apply(volume);
    log(`made ${String(claim.metadata.namespace)}/${claim.metadata.name}`);
  }
  const growth = growthOf(claim);
  if (!growth) return;
  const capacity = { storage: growth.storage };
  await client.request('PATCH', `/api/v1/persistentvolumes/${growth.volume}`, { spec: { capacity } });
  const path = `/api/v1/namespaces/${String(claim.metadata.namespace)}/persistentvolumeclaims/${claim.metadata.name}/status`;
  await client.request('PATCH', path, { status: { capacity } });
  log(`grew ${growth.volume} to ${growth.storage}`);
}

async function reclaim(client: KubeClient, nodes: string, volume: LiveObject): Promise<void> {
  if (!isOurReleased(volume)) return;
  removeVolumeFolder(nodes, volume);
  await client.request('DELETE', `/api/v1/persistentvolumes/${volume.metadata.name}`);
  log(`removed ${volume.metadata.name}`);
}

/** What fails now is tried again when the object changes, or when the watch starts anew. */
function attempt(what: string, work: Promise<void>): void {
  work.catch((error: unknown) => log(`${what}: ${(error as Error).message}`));
}

function log(message: string): void {
  process.stdout.write(`${new Date().toISOString()} ${message}\n`);
}

main(process.argv[2] ?? '');
