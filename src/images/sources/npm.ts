import { join, resolve } from 'node:path';
import { packageRoot } from '../folders';
import { run } from '../run';
import type { NpmSource } from '../types';
import { folder } from './folder';
import type { PreparedSource } from './prepared';

/** What a workspace's script makes; it runs each time, so that the image is never older than the program. */
export async function npm(source: NpmSource): Promise<PreparedSource> {
  const workspace = resolve(packageRoot, source.folder);
  await run('npm', ['run', '--silent', source.script], { folder: workspace });
  return folder({ kind: 'folder', from: join(workspace, source.output), to: source.to });
}
