/** A file to put into an archive. */
export interface TarEntry {
  readonly path: string;
  readonly content: Buffer | string;
  readonly mode?: number;
}

const BLOCK = 512;

/** An archive of files that depends on nothing but them: no owner, no time. */
export function tar(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap(({ path, content, mode = 0o644 }) => {
    const body = Buffer.from(content);
    return [header(path, body.length, mode), body, Buffer.alloc(padding(body.length))];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(path: string, size: number, mode: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const [prefix, name] = splitPath(path);
  block.write(name, 0, 100);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write('        0', 148);
  block.write('ustar\u000000', 257);
  block.write(prefix, 345, 155);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A path of more than 100 bytes is split at a slash, as the format wants it. */
function splitPath(path: string): [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  const slash = path.indexOf('/', Math.max(0, path.length - 101));
  if (slash < 0 || slash > 155) throw new RangeError(`the path ${path} is too long for an archive`);
  return [path.slice(0, slash), path.slice(slash + 1)];
}

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, '0')}\0`;
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** The files of an archive; links, folders and other things that are no files are left out. */
export function untar(archive: Buffer): TarEntry[] {
  const entries: TarEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const header = archive.subarray(at, at + BLOCK);
    const size = parseInt(text(header, 124, 12), 8) || 0;
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    const type = String.fromCharCode(header[156] ?? 0);
    const path: string = longName ?? [text(header, 345, 155), text(header, 0, 100)].filter(Boolean).join('/');
    longName = longNameOf(type, content);
    if (type === '0' || type === '\0')
      entries.push({ path, content, mode: parseInt(text(header, 100, 8), 8) });
    at += BLOCK + size + padding(size);
  }
  return entries;
}

/** GNU's and POSIX's ways to give the next file a name of any length. */
function longNameOf(type: string, content: Buffer): string | undefined {
  if (type === 'L') return text(content, 0, content.length);
  return type === 'x' ? /^\d+ path=(.*)$/m.exec(content.toString())?.[1] : undefined;
}

function text(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field
    .subarray(0, end < 0 ? length : end)
    .toString()
    .trim();
}
