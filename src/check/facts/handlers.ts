import { type Container, isMap, type JsonObject, valueIn } from '../../estate';

/** A question to a container, or a hook of it, that goes over the network. */
export interface Handler {
  readonly body: JsonObject;
  /** E.g. `spec.containers[0].readinessProbe.httpGet`. */
  readonly path: string;
}

const places = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** The probes and hooks of a container that connect to it. */
export function handlersOf({ container, path }: Container): Handler[] {
  return places.flatMap((place) => {
    const asked = valueIn(container, ...place);
    return isMap(asked)
      ? ['httpGet', 'tcpSocket'].flatMap((how) => handler(asked[how], `${path}.${place.join('.')}.${how}`))
      : [];
  });
}

function handler(body: JsonObject[string] | undefined, path: string): Handler[] {
  return isMap(body) ? [{ body, path }] : [];
}
