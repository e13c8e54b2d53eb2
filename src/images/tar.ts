import { createReadStream } from 'node:fs';
import { ImageError } from './errors';
import type { Entry, FileEntry } from './types';

/** When everything in an image was last changed: the first day that every archive format can write. */
export const timestamp = new Date('1980-01-01T00:00:00Z');

const block = 512;
const typeFlags: { readonly [type in Entry['type']]: string } = { file: '0', directory: '5', symlink: '2' };

/** The entries as a tar archive (ustar, with pax headers where ustar's fields are too small), in the order given. */
export async function* tar(entries: Iterable<Entry>): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    const records = paxRecords(entry);
    if (records.length > 0) yield paxHeader(records);
    yield header({
      name: nameOf(entry),
      size: sizeOf(entry),
      flag: typeFlags[entry.type],
      ...attributesOf(entry),
    });
    if (entry.type === 'file') yield* contentOf(entry);
  }
  yield Buffer.alloc(2 * block);
}

async function* contentOf(entry: FileEntry): AsyncGenerator<Buffer> {
  const size = sizeOf(entry);
  if (Buffer.isBuffer(entry.content)) yield entry.content;
  else yield* exactly(entry.content.file, size);
  const rest = size % block;
  if (rest > 0) yield Buffer.alloc(block - rest);
}

async function* exactly(path: string, size: number): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of createReadStream(path)) {
    read += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  if (read !== size)
    throw new ImageError(`${path} changed while it was packed: it had ${size} bytes, then ${read}`);
}

function sizeOf(entry: Entry): number {
  if (entry.type !== 'file') return 0;
  return Buffer.isBuffer(entry.content) ? entry.content.length : entry.content.size;
}

function nameOf(entry: Entry): string {
  return entry.type === 'directory' ? `${entry.path}/` : entry.path;
}

function attributesOf(entry: Entry): Pick<Header, 'mode' | 'uid' | 'gid' | 'link'> {
  return {
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    link: entry.type === 'symlink' ? entry.target : '',
  };
}

interface Header {
  readonly name: string;
  readonly link: string;
  readonly size: number;
  readonly flag: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

function header(fields: Header): Buffer {
  const bytes = Buffer.alloc(block);
  writeText(bytes, 0, 100, fields.name);
  writeNumber(bytes, 100, 8, fields.mode);
  writeNumber(bytes, 108, 8, fields.uid);
  writeNumber(bytes, 116, 8, fields.gid);
  writeNumber(bytes, 124, 12, fields.size);
  writeNumber(bytes, 136, 12, timestamp.getTime() / 1000);
  bytes.write(fields.flag, 156, 'latin1');
  writeText(bytes, 157, 100, fields.link);
  bytes.write('ustar\u000000', 257, 'latin1');
  writeChecksum(bytes);
  return bytes;
}

// A field that is too small keeps the beginning: the pax header before it has the whole.
function writeText(bytes: Buffer, offset: number, width: number, text: string): void {
  Buffer.from(text).copy(bytes, offset, 0, width);
}

function writeNumber(bytes: Buffer, offset: number, width: number, value: number): void {
  const digits = value.toString(8).padStart(width - 1, '0');
  bytes.write(digits.length < width ? digits : '0'.repeat(width - 1), offset, 'latin1');
}

function writeChecksum(bytes: Buffer): void {
  bytes.fill(' ', 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

const largest = (width: number): number => 8 ** (width - 1) - 1;

function paxRecords(entry: Entry): readonly string[] {
  const { link, uid, gid } = attributesOf(entry);
  const records: string[] = [];
  if (needsPax(nameOf(entry))) records.push(paxRecord('path', nameOf(entry)));
  if (needsPax(link)) records.push(paxRecord('linkpath', link));
  if (sizeOf(entry) > largest(12)) records.push(paxRecord('size', sizeOf(entry)));
  if (uid > largest(8)) records.push(paxRecord('uid', uid));
  if (gid > largest(8)) records.push(paxRecord('gid', gid));
  return records;
}

function needsPax(text: string): boolean {
  return Buffer.byteLength(text) > 100 || /[^\x20-\x7e]/.test(text);
}

// A record begins with its own length in bytes, and the digits of the length count too.
function paxRecord(key: string, value: string | number): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}

function paxHeader(records: readonly string[]): Buffer {
  const body = Buffer.from(records.join(''));
  const first = header({
    name: 'PaxHeader',
    link: '',
    size: body.length,
    flag: 'x',
    mode: 0o644,
    uid: 0,
    gid: 0,
  });
  return Buffer.concat([first, body, Buffer.alloc((block - (body.length % block)) % block)]);
}
