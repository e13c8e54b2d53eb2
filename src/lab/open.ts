import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { LiveObject } from './api/client';
import { dial, gatewaySocket } from './gateway';
import { NETWORK, type LabPlan } from './plan';
import { clientOf } from './up';
import { LabError } from './wait';

/** An address inside a lab's network. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * What a person means: `api`, `<namespace>/<service>:<port>` (a pod of it), or `<address>:<port>`.
 * @throws LabError where the Service is not there or has no ready pod.
 */
export async function resolveTarget(plan: LabPlan, text: string): Promise<Target> {
  if (text === 'api') return { host: NETWORK.hub, port: NETWORK.apiPort };
  const [, namespace, name = '', port = ''] = /^(?:([^/]+)\/)?([^/:]+):(.+)$/.exec(text) ?? [];
  if (name === '')
    throw new LabError(`"${text}" is no target: write api, <namespace>/<service>:<port> or <address>:<port>`);
  if (namespace === undefined) return { host: name, port: Number(port) };
  const slices = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
  const found = await clientOf(plan).list(`${slices}?labelSelector=kubernetes.io/service-name=${name}`);
  const service = await clientOf(plan).find(`/api/v1/namespaces/${namespace}/services/${name}`);
  return endpointOf(text, service, found, port);
}

/** Listens on loopback and passes every connection on to the target, found anew for each. */
export async function openPort(
  plan: LabPlan,
  target: () => Promise<Target>,
  port: number,
): Promise<{ server: Server; port: number }> {
  const server = createServer((client) => void pass(plan, target, client));
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return { server, port: (server.address() as AddressInfo).port };
}

interface EndpointSlice extends LiveObject {
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: { readonly ready?: boolean };
  }[];
  readonly ports?: readonly { readonly name?: string; readonly port: number }[];
}

/** The Service's port, by number or name, is a port of its pods under the same name. */
function endpointOf(
  text: string,
  service: LiveObject | undefined,
  slices: readonly EndpointSlice[],
  port: string,
): Target {
  const ports = (service?.spec?.['ports'] ?? []) as readonly { name?: string; port: number }[];
  const wanted = ports.find((one) => one.name === port || String(one.port) === port);
  if (!wanted) throw new LabError(`${text}: no such Service, or it has no port ${port}`);
  for (const { endpoints = [], ports: own = [] } of slices) {
    const ready = endpoints.find(({ conditions }) => conditions?.ready !== false);
    const match = own.find((one) => (one.name ?? '') === (wanted.name ?? ''));
    if (ready && match) return { host: ready.addresses[0] ?? '', port: match.port };
  }
  throw new LabError(`${text} has no ready pod`);
}

async function pass(plan: LabPlan, target: () => Promise<Target>, client: Socket): Promise<void> {
  client.on('error', () => client.destroy());
  try {
    const { host, port } = await target();
    const inside = await dial(gatewaySocket(plan), host, port);
    if (client.destroyed) return void inside.destroy();
    inside.on('error', () => client.destroy());
    client.on('close', () => inside.destroy());
    client.pipe(inside).pipe(client);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    client.destroy();
  }
}
