import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EstateObject } from '../../../src/estate';
import { type Lab, LabError, type LabPlan } from '../../../src/lab';
import { machinePid } from '../../../src/lab/machine';
import { HUB } from '../../../src/lab/plan';
import { chromium } from '../../browser/chromium';

/**
 * The command that starts Chromium in a lab's network, outside of the cluster: where a person's browser would be. It
 * is a file of its own, for whoever starts a browser gives flags to one command.
 */
export function chromiumIn(plan: LabPlan): string {
  const file = join(plan.folder, 'chromium');
  const enter = `nsenter --target=${machinePid(plan, HUB)} --net`;
  writeFileSync(file, `#!/bin/sh\nexec ${enter} -- ${chromium} "$@"\n`, { mode: 0o755 });
  return file;
}

/** The address of a Service from outside of the cluster: a node's, with the port that all nodes open for it. */
export async function publicUrl(
  { client, plan }: Lab,
  { namespace, name }: Pick<EstateObject, 'namespace' | 'name'>,
): Promise<string> {
  const service = await client.find(`/api/v1/namespaces/${namespace}/services/${name}`);
  const [port] = (service?.spec?.['ports'] ?? []) as readonly { readonly nodePort?: number }[];
  if (!port?.nodePort) throw new LabError(`${namespace}/${name} is open to nobody outside of the cluster`);
  return `http://${plan.nodes[0]!.address}:${port.nodePort}/`;
}
