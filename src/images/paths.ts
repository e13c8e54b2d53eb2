import { ImageError } from './errors';

/** The longest path and the longest name that Linux takes, in bytes. */
export const longestPath = 4095;
export const longestName = 255;

/** The top folders that are links into `/usr`, as in every current distribution; each layer follows them. */
export const mergedFolders: readonly string[] = ['bin', 'lib', 'lib64', 'sbin'];

/**
 * The path of an entry: relative to the root, without empty or `.` segments, and below `usr` where the top
 * folder is a link into it. Whatever would leave the root, or what no file system takes, is refused.
 */
export function entryPath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const problem = problemOf(path, segments);
  if (problem)
    throw new ImageError(
      `the path ${JSON.stringify(path.slice(0, 200))} cannot be in an image: it ${problem}`,
    );
  const merged = segments.length > 1 && mergedFolders.includes(segments[0] ?? '');
  return (merged ? ['usr', ...segments] : segments).join('/');
}

function problemOf(path: string, segments: readonly string[]): string | undefined {
  if (segments.length === 0) return 'is empty';
  if (segments.includes('..')) return 'contains "..": write the path that is meant';
  if (path.includes('\0')) return 'contains a NUL byte';
  if (Buffer.byteLength(path) > longestPath) return `is longer than ${longestPath} bytes`;
  const long = segments.some((segment) => Buffer.byteLength(segment) > longestName);
  return long ? `has a name longer than ${longestName} bytes` : undefined;
}
