import { coreReferences } from './core';
import { fluxReferences } from './flux';
import type { ReferenceTable } from './row';

/** Every field that is known to name another object. */
export const referenceTables: readonly ReferenceTable[] = [coreReferences, fluxReferences];
