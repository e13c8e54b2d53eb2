import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClusterEstate, describe, identityOf, type JsonObject, kindOf } from '../../src/estate';
import type { LiveObject } from '../../src/lab';
import { type Cause, type ClusterStatus, diagnose } from '../../src/status';

/** States of a real cluster, in which many things were broken on purpose: some seconds and some minutes after the start. */
export const recorded = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'recorded.json'), 'utf8')) as {
  readonly early: readonly LiveObject[];
  readonly late: readonly LiveObject[];
};

/** What is said of objects, as if nothing else had been read. */
export function statusOf(
  objects: readonly LiveObject[],
  estate?: ClusterEstate,
  time = '2026-11-21T13:50:00Z',
): ClusterStatus {
  const kinds = new Set((objects as readonly JsonObject[]).map((body) => kindOf(identityOf(body))));
  return diagnose({ objects, kinds: [...kinds], time }, estate);
}

/** The cause that is about an object, called as people do. */
export function causeOf(status: ClusterStatus, object: string): Cause | undefined {
  return status.causes.find(({ finding }) => finding.object && describe(finding.object) === object);
}

/** A live object, from its manifest's few fields that matter. */
export function live(
  apiVersion: string,
  kind: string,
  name: string,
  rest: { readonly status?: object; readonly spec?: object; readonly [field: string]: unknown } = {},
): LiveObject {
  const [namespace = '', own = ''] = name.includes('/') ? name.split('/') : ['', name];
  const { metadata, ...others } = rest as { metadata?: object };
  const made = { apiVersion, kind, ...others };
  return {
    ...made,
    metadata: { name: own, uid: `${kind} ${name}`, ...(namespace && { namespace }), ...metadata },
  };
}

/** A condition, as objects have it in their status. */
export function condition(type: string, status: string, reason = '', message = ''): object {
  return { conditions: [{ type, status, reason, message }] };
}
