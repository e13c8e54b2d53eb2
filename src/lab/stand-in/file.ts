import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OperatedKind } from './operator';

/** Has the lab's own program do for kinds what their absent operators would. */
export function writeOperatedKinds(folder: string, kinds: readonly OperatedKind[]): void {
  writeFileSync(fileOf(folder), JSON.stringify(kinds));
}

/** The kinds that the lab's own program is to look after. */
export function readOperatedKinds(folder: string): readonly OperatedKind[] {
  const file = fileOf(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly OperatedKind[]) : [];
}

function fileOf(folder: string): string {
  return join(folder, 'operated-kinds.json');
}
