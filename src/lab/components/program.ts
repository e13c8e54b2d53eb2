import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { binaryFolder } from '../binaries';

/** Flags by name, as programs in Go read them. */
export type Flags = Readonly<Record<string, string | number | boolean>>;

/** The command line of one of the lab's binaries. */
export function program(binary: string, flags: Flags, first: readonly string[] = []): string[] {
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  return [join(binaryFolder(), binary), ...first, ...args];
}

/** The command line of one of our own programs: compiled as it is installed, or as TypeScript in a checkout. */
export function ownProgram(name: string, args: readonly string[]): string[] {
  const isSource = __filename.endsWith('.ts');
  const file = join(__dirname, '..', 'programs', `${name}${isSource ? '.ts' : '.js'}`);
  const loader = isSource ? ['--import', pathToFileURL(require.resolve('tsx')).href] : [];
  return [process.execPath, ...loader, file, ...args];
}
