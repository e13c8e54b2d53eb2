import { numberIn } from '../../estate';
import { conditionOf, type Condition } from '../../lab/flux';
import type { LiveObject } from '../../lab/api/client';
import type { Trouble } from '../types';

/** Whether a controller has seen the object as it is now; while it fails, Flux says so in the condition alone. */
export function isSeen(object: LiveObject): boolean {
  const { metadata, status } = object;
  const said = [numberIn(status, 'observedGeneration'), conditionOf(object, 'Ready')?.observedGeneration];
  const seen = said.filter((generation) => generation !== undefined);
  return metadata.generation === undefined || seen.length === 0 || Math.max(...seen) >= metadata.generation;
}

/** The condition that says most about why an object is not Ready; undefined where it is, or says nothing. */
export function unmet(object: LiveObject): Condition | undefined {
  const stalled = conditionOf(object, 'Stalled');
  if (stalled?.status === 'True') return stalled;
  const bad = [
    ...badWhenFalse.map((type) => [type, 'False'] as const),
    ...badWhenTrue.map((type) => [type, 'True'] as const),
  ];
  for (const [type, status] of bad) {
    const found = conditionOf(object, type);
    if (found?.status === status) return found;
  }
  const ready = conditionOf(object, 'Ready');
  return ready?.status === 'Unknown' ? ready : undefined;
}

const badWhenFalse = ['Ready', 'Available', 'Established', 'NamesAccepted', 'Accepted', 'Synced'];
const badWhenTrue = ['Failed', 'Degraded', 'NotReady'];

/** A condition as a trouble: what is unknown may come by itself. */
export function troubleOf({ reason = '', type, status, message = '' }: Condition): Trouble {
  return {
    reason: reason === '' ? `${type}${status}` : reason,
    message: message.trim() || `${type} is ${status}`,
    ...(status === 'Unknown' && { isProgressing: true }),
  };
}
