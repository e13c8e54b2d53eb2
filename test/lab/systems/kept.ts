import { randomUUID } from 'node:crypto';
import { type Lab, waitFor } from '../../../src/lab';
import { asking, type Ask, type System } from './asking';
import { patient } from './running';

/** Values that systems keep, and what tells whether they still do. A node that is away is left out where it is named. */
export interface Keeper {
  /** Has a system keep a new value. */
  put(system: System, lost?: string): Promise<void>;
  /** Waits until a pod of a system gives back the value that was put last. */
  gives(system: System, lost?: string): Promise<void>;
  /** Waits until the peers of a system stand together. */
  isWhole(system: System): Promise<void>;
}

/** Keeps values in the systems of a lab. */
export function keeper(lab: Lab): Keeper {
  const values = new Map<System, string>();
  const eventually = (
    what: string,
    system: System,
    missing: (ask: Ask) => Promise<string | undefined>,
    lost?: string,
  ) =>
    waitFor({
      what: `${system.name} ${what}`,
      seconds: 180,
      missing: patient(async () => missing(await asking(lab, system, lost))),
    });
  return {
    async put(system, lost) {
      const value = randomUUID();
      await eventually(
        'takes no value',
        system,
        (ask) => system.put(ask, ask.pods[0]!, value).then(() => undefined),
        lost,
      );
      values.set(system, value);
    },
    gives: (system, lost) => {
      const value = values.get(system) ?? '';
      const missing = async (ask: Ask): Promise<string | undefined> => {
        const got = await system.get(ask, ask.pods.at(-1)!);
        return got.includes(value) ? undefined : `it gives back ${got}, not ${value}`;
      };
      return eventually('has lost what was put', system, missing, lost);
    },
    isWhole: (system) => eventually('has no quorum of all its peers', system, system.quorum),
  };
}
