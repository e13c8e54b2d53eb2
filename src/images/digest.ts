import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Entry } from './types';

/** `sha256:<hex>` of some bytes. */
export function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** `sha256:<hex>` of a file. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest('hex')}`;
}

/** A text that differs when any of these entries differs in anything that an image shows. */
export async function fingerprint(entries: readonly Entry[]): Promise<string> {
  const rows: unknown[] = [];
  for (const entry of entries) {
    const { path, mode, uid, gid } = entry;
    rows.push([path, mode, uid, gid, await contentDigest(entry)]);
  }
  return digestOf(JSON.stringify(rows));
}

async function contentDigest(entry: Entry): Promise<string> {
  if (entry.type === 'directory') return 'directory';
  if (entry.type === 'symlink') return `-> ${entry.target}`;
  return Buffer.isBuffer(entry.content) ? digestOf(entry.content) : digestOfFile(entry.content.file);
}
