import { type Container, isMap, type Json, type JsonObject } from '../../estate';

/** A question to a container, or a hook of it, that goes over the network. */
export interface Handler {
  readonly body: JsonObject;
  /** E.g. `spec.containers[0].readinessProbe.httpGet`. */
  readonly path: string;
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const hooks = ['postStart', 'preStop'];

/** The probes and hooks of a container that connect to it. */
export function handlersOf({ container, path }: Container): Handler[] {
  const found: Handler[] = [];
  for (const probe of probes) addHandlers(container[probe], path, probe, found);
  const { lifecycle } = container;
  if (isMap(lifecycle))
    for (const hook of hooks) addHandlers(lifecycle[hook], `${path}.lifecycle`, hook, found);
  return found;
}

function addHandlers(asked: Json | undefined, path: string, field: string, found: Handler[]): void {
  if (!isMap(asked)) return;
  const { httpGet, tcpSocket } = asked;
  if (isMap(httpGet)) found.push({ body: httpGet, path: `${path}.${field}.httpGet` });
  if (isMap(tcpSocket)) found.push({ body: tcpSocket, path: `${path}.${field}.tcpSocket` });
}
