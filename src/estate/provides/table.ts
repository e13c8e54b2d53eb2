import { dataProvides } from './data';
import { makesNothing } from './nothing';
import { platformProvides } from './platform';
import type { ProvidesTable } from './row';

/**
 * What operators make, by the kind of the resource with its group. An empty list says that it makes nothing that
 * others use. Kinds that are not here are closed books: what they may make is `unknown`, not `absent`.
 */
export const provides: ProvidesTable = {
  ...Object.fromEntries(makesNothing.map((kind) => [kind, []])),
  ...dataProvides,
  ...platformProvides,
};
