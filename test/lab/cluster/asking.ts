import type { JsonObject } from '../../../src/estate';
import { conditionOf, type Lab, waitFor } from '../../../src/lab';

export const MINUTES = 60_000;

/** Waits until nothing is missing; what fails meanwhile is one more thing to wait for. */
export async function eventually(
  what: string,
  seconds: number,
  missing: () => Promise<string | undefined>,
): Promise<void> {
  await waitFor({ what, seconds, missing: () => missing().catch((error: Error) => error.message) });
}

/** Applies objects, one after the other. */
export async function apply(lab: Lab, ...objects: readonly JsonObject[]): Promise<void> {
  for (const object of objects) await lab.client.apply(object);
}

/** Waits until a pod is Ready. */
export async function podReady(lab: Lab, name: string, seconds = 90): Promise<void> {
  await eventually(`pod ${name} is not ready`, seconds, async () => {
    const pod = await lab.client.find(`/api/v1/namespaces/default/pods/${name}`);
    return pod && conditionOf(pod, 'Ready')?.status === 'True'
      ? undefined
      : JSON.stringify(pod?.status?.['containerStatuses'] ?? pod?.status);
  });
}
