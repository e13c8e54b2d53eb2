import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { planLab } from '../../src/lab';

/** The variable with which a run tells its tests what to call their labs. */
export const LAB_NAMES = 'FLUXWRIGHT_LAB_TESTS';

/** A name for a test's lab that no other run uses, so that what one left behind is in nobody's way. */
export function labName(what: string): string {
  return `${prefixOf(process.env[LAB_NAMES] ?? process.pid)}${what}`;
}

/** The labs that are there of a run. */
export function labNames(run: number): string[] {
  const folder = dirname(planLab().folder);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.startsWith(prefixOf(run)) && !name.endsWith('.lock'));
}

function prefixOf(run: number | string): string {
  return `t${run}-`;
}
