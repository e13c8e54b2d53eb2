import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { parseReference } from '../../images';
import { KubeClient, type LiveObject } from '../api/client';
import { readConnection } from '../api/connection';
import { issue } from '../certificate';
import { credentialPaths, readAuthority } from '../credentials';
import { findManifest } from '../mirror/layout';
import { layoutOf } from '../pause-image';
import { podAdmission, review } from '../stand-in/admission';
import { readOperatedKinds } from '../stand-in/file';
import { standInOperator } from '../stand-in/operator';
import { answeredServices, ignoredWebhooks } from '../stand-in/webhooks';

const OPERATOR_SECONDS = 3;
const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1';

/** Does for what cannot be had what it would have done: pods, operators, webhooks. */
async function main(folder: string, address: string, port: number): Promise<void> {
  const client = new KubeClient(readConnection(credentialPaths(folder).kubeconfig('admin')));
  const { certificate, key } = issue(readAuthority(folder), { commonName: 'stand-in', hosts: [address] });
  createServer(
    { cert: certificate, key },
    (request, response) => void answer(folder, request, response),
  ).listen(port, address);
  const authority = readFileSync(credentialPaths(folder).authority, 'utf8');
  await client.apply(podAdmission(`https://${address}:${port}/pods`, authority));
  operate(client, folder);
  setInterval(() => void ignoreDeadWebhooks(client).catch(complain), 2000);
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const isToBeHad = (image: string): boolean => isInMirror(folder, image);
  response.setHeader('content-type', 'application/json');
  response.end(review(Buffer.concat(chunks).toString(), isToBeHad));
}

function isInMirror(folder: string, image: string): boolean {
  try {
    const { registry, repository, tag } = parseReference(image);
    return findManifest(layoutOf({ folder }), registry, repository, tag) !== undefined;
  } catch {
    return false;
  }
}

/** The kinds change when somebody has the lab follow another cluster. */
function operate(client: KubeClient, folder: string): void {
  let current = '';
  let stop: (() => void) | undefined;
  setInterval(() => {
    const kinds = readOperatedKinds(folder);
    if (JSON.stringify(kinds) === current) return;
    current = JSON.stringify(kinds);
    stop?.();
    stop = standInOperator(client, kinds, OPERATOR_SECONDS);
  }, 1000);
}

async function ignoreDeadWebhooks(client: KubeClient): Promise<void> {
  const services = answeredServices(await client.list('/apis/discovery.k8s.io/v1/endpointslices'), (node) =>
    node.startsWith('kwok-'),
  );
  for (const plural of ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'])
    for (const configuration of await client.list(`${WEBHOOKS}/${plural}`))
      await ignoreDead(client, plural, configuration, services);
}

async function ignoreDead(
  client: KubeClient,
  plural: string,
  configuration: LiveObject,
  services: ReadonlySet<string>,
): Promise<void> {
  const change = ignoredWebhooks(configuration, (namespace, name) => services.has(`${namespace}/${name}`));
  if (!change) return;
  const { name } = configuration.metadata;
  await client.request('PATCH', `${WEBHOOKS}/${plural}/${name}`, change);
  log(`set webhooks of ${plural}/${name} to Ignore: no pod answers them`);
}

function complain(error: unknown): void {
  log((error as Error).message);
}

function log(message: string): void {
  process.stdout.write(`${new Date().toISOString()} ${message}\n`);
}

main(process.argv[2] ?? '', process.argv[3] ?? '', Number(process.argv[4])).catch((error: unknown) => {
  complain(error);
  process.exitCode = 1;
});
