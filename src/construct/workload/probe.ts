import type { JsonObject } from '../../estate';

/** How the kubelet asks: an HTTP path, a command, or a port that has to accept connections. */
export type Probe =
  | { readonly http: string; readonly port: string | number; readonly scheme?: 'HTTP' | 'HTTPS' }
  | { readonly exec: readonly string[] }
  | { readonly tcp: string | number };

/** How often it asks and when it gives up; seconds but for the threshold. */
export interface ProbeTiming {
  readonly every?: number;
  readonly timeout?: number;
  readonly failures?: number;
}

/** A probe as a container has it. */
export function probeOf(probe: Probe & ProbeTiming): JsonObject {
  const { every = 10, timeout = 3, failures = 3 } = probe;
  return { ...handlerOf(probe), periodSeconds: every, timeoutSeconds: timeout, failureThreshold: failures };
}

function handlerOf(probe: Probe): JsonObject {
  if ('exec' in probe) return { exec: { command: [...probe.exec] } };
  if ('tcp' in probe) return { tcpSocket: { port: probe.tcp } };
  const { http: path, port, scheme } = probe;
  return { httpGet: { path, port, ...(scheme === undefined ? {} : { scheme }) } };
}
