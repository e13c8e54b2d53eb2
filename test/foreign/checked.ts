import { relative } from 'node:path';
import { describe as called, type Finding } from '../../src/estate';
import { checkFolder, type ForeignReport } from '../../src/foreign';
import { openRegistry, packageImports } from '../../src/schema/registry';
import { type Files, folderWith } from './folder';

export const registry = openRegistry([packageImports()]);

/** What is said of some files. */
export interface Checked extends ForeignReport {
  /** Errors and warnings, as `rule file:line message`. */
  readonly texts: readonly string[];
}

/** Check a folder with some files. */
export function checked(files: Files): Checked {
  const folder = folderWith(files);
  const report = checkFolder(folder, registry);
  const texts = report.findings
    .filter(({ severity }) => severity !== 'note')
    .map((one) => textOf(one, folder));
  return { ...report, texts };
}

function textOf({ rule, origin, object, message }: Finding, folder: string): string {
  const [frame] = origin?.frames ?? [];
  const place = frame ? ` ${relative(folder, frame.file)}:${frame.line}` : '';
  return `${rule}${place} ${object ? `${called(object)}: ` : ''}${message.replaceAll(`${folder}/`, '')}`;
}
