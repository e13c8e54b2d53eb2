import type { JsonObject } from '../../estate';
import type { KindSchema } from '../types';
import { dnsSubdomain, type TextCheck } from '../validate/names';
import type { Run } from '../validate/violation';

export function coreRules(_schema: KindSchema): ((body: JsonObject, run: Run) => void) | undefined {
  return undefined;
}
export function isBuiltIn(group: string): boolean {
  return !group.includes('.') || builtIn.has(group);
}
export function nameCheckOf(_schema: KindSchema): TextCheck {
  return dnsSubdomain;
}
const builtIn = new Set<string>([]);
