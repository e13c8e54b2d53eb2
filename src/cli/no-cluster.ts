import { nearest } from '../schema/nearest';
import { UsageError } from './usage-error';

/** Says that the estate has no cluster of a name, and which one may have been meant. */
export function noCluster(name: string, names: readonly string[]): UsageError {
  const near = nearest(name, names);
  const hint = near === undefined ? `there are ${names.join(', ')}` : `did you mean ${near}?`;
  return new UsageError(
    names.length === 0 ? 'there is no estate here' : `there is no cluster ${name}: ${hint}`,
  );
}
