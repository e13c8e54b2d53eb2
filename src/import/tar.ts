import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/** More than any chart holds: a guard against archives that unpack to fill the memory. */
const LIMIT = 256 * 1024 * 1024;

/**
 * The regular files of a `.tgz`, by path. Reads what `tar` and `helm package` write: ustar with prefixes, GNU long
 * names and pax paths.
 */
export function readTgz(archive: Buffer): Map<string, Buffer> {
  const data = gunzipSync(archive, { maxOutputLength: LIMIT });
  const files = new Map<string, Buffer>();
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK <= data.length && data[offset] !== 0;) {
    const header = data.subarray(offset, offset + BLOCK);
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const content = data.subarray(offset + BLOCK, offset + BLOCK + size);
    const type = String.fromCodePoint(header[156] ?? 0);
    if (type === 'L') longName = text(content, 0, size);
    else if (type === 'x') longName = paxPath(content) ?? longName;
    else {
      if (type === '0' || type === '\0') files.set(longName ?? nameOf(header), content);
      longName = undefined;
    }
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  const name = text(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function text(buffer: Buffer, start: number, length: number): string {
  return buffer
    .toString('utf8', start, start + length)
    .split('\0', 1)[0]!
    .trim();
}

function paxPath(content: Buffer): string | undefined {
  return /^\d+ path=(.*)$/m.exec(content.toString('utf8'))?.[1];
}
