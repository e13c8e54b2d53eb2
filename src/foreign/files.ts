import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The YAML and JSON files of a folder and all below it, sorted; without hidden and installed ones. */
export function yamlFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith('.') && name !== 'node_modules',
  );
  return entries
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return yamlFiles(path);
      return entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

/** The text of a file; empty where it cannot be read. */
export function textOfFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
