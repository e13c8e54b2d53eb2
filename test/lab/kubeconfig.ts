import { readFileSync } from 'node:fs';
import type { Server } from 'node:net';
import type { Lab } from '../../src/lab';
import { openPort, resolveTarget } from '../../src/lab/open';

/** A port on loopback that leads to a lab's API server, and a kubeconfig that says so. */
export async function openApi({
  plan,
  kubeconfig,
}: Lab): Promise<{ readonly server: Server; readonly text: string }> {
  const { server, port } = await openPort(plan, () => resolveTarget(plan, 'api'), 0);
  const text = readFileSync(kubeconfig, 'utf8').replace(/https:\/\/[\d.]+:\d+/, `https://127.0.0.1:${port}`);
  return { server, text };
}
