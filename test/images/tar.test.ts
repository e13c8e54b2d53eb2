import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, readlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { arrange, directory, file, symlink } from '../../src/images/entries';
import { tar, timestamp } from '../../src/images/tar';
import type { Entry } from '../../src/images/types';
import { withFolder } from './folder';

async function archive(entries: readonly Entry[]): Promise<Buffer> {
  return Buffer.concat((await Readable.from(tar(entries)).toArray()) as Buffer[]);
}

function list(bytes: Buffer): string {
  return execFileSync('tar', ['--list', '--verbose', '--numeric-owner', '--full-time', '--utc'], {
    input: bytes,
  }).toString();
}

function extract(bytes: Buffer, folder: string): string {
  const into = join(folder, 'extracted');
  mkdirSync(into);
  execFileSync('tar', ['--extract', '--no-same-owner'], { input: bytes, cwd: into });
  return into;
}

const long = (length: number): string => 'directory/'.repeat(40).slice(0, length - 5) + 'x.txt';

test.each([99, 100, 101, 155, 156, 255, 256, 257, 300])(
  'a path of %i bytes arrives whole',
  async (length) => {
    await withFolder(async (folder) => {
      const path = long(length);
      const root = extract(await archive(arrange([file(path, 'content')])), folder);
      expect(readFileSync(join(root, path), 'utf8')).toBe('content');
    });
  },
);

test.each([
  'with space',
  'new\nline',
  'tab\t',
  '-rf',
  'back\\slash',
  '"quoted"',
  'ünïcödé',
  '日本語',
  '.hidden',
  '*',
  '~',
  'a=b',
  '%41',
])('a file named %j arrives under that name', async (name) => {
  await withFolder(async (folder) => {
    const root = extract(await archive(arrange([file(`dir/${name}`, name)])), folder);
    expect(readFileSync(join(root, 'dir', name), 'utf8')).toBe(name);
  });
});

test.each([0, 1, 511, 512, 513, 1024, 100_000])(
  'a file of %i bytes arrives whole, and so does the next one',
  async (size) => {
    await withFolder(async (folder) => {
      const content = Buffer.alloc(size, 'abc');
      const root = extract(await archive(arrange([file('a', content), file('b', 'after')])), folder);
      expect(readFileSync(join(root, 'a'))).toEqual(content);
      expect(readFileSync(join(root, 'b'), 'utf8')).toBe('after');
    });
  },
);

test('links keep their targets, however long and wherever they lead', async () => {
  await withFolder(async (folder) => {
    const targets = ['b', '../outside', '/absolute', 'ünï', `${'deep/'.repeat(60)}end`];
    const root = extract(
      await archive(arrange(targets.map((target, index) => symlink(`link${index}`, target)))),
      folder,
    );
    expect(targets.map((_, index) => readlinkSync(join(root, `link${index}`)))).toEqual(targets);
  });
});

test('owners are numbers of any size, modes have their sticky bits, and all times are one', async () => {
  const listing = list(
    await archive([
      directory('tmp', { mode: 0o1777 }),
      file('data', 'x', { mode: 0o640, uid: 999, gid: 70 }),
      file('huge', 'x', { uid: 3_000_000_000, gid: 4_000_000_000 }),
    ]),
  );
  expect(
    listing
      .trim()
      .split('\n')
      .map((line) => line.replaceAll(/ +/g, ' ')),
  ).toEqual([
    'drwxrwxrwt 0/0 0 1980-01-01 00:00:00 tmp/',
    '-rw-r----- 999/70 1 1980-01-01 00:00:00 data',
    '-rw-r--r-- 3000000000/4000000000 1 1980-01-01 00:00:00 huge',
  ]);
  expect(timestamp.toISOString()).toBe('1980-01-01T00:00:00.000Z');
});

test('a file of more than 8 GiB has its size in a pax header', async () => {
  await withFolder(async (folder) => {
    const size = 9 * 1024 ** 3;
    const path = join(folder, 'huge');
    writeFileSync(path, '');
    truncateSync(path, size);
    const chunks = tar([{ ...directory('huge'), type: 'file', content: { file: path, size } }]);
    const pax = await chunks.next();
    await chunks.return(undefined);
    expect(String(pax.value)).toContain(`19 size=${size}\n`);
  });
});

test('a file that grew since it was measured stops the archive', async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'grows');
    writeFileSync(path, 'four');
    const entry: Entry = { ...directory('grows'), type: 'file', content: { file: path, size: 3 } };
    await expect(archive([entry])).rejects.toThrow(
      `${path} changed while it was packed: it had 3 bytes, then 4`,
    );
  });
});

const segment = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((name) => !/[/\0]/.test(name) && !/^\.{1,2}$/.test(name));
const paths = fc.array(segment, { minLength: 1, maxLength: 6 }).map((segments) => segments.join('/'));

test('whatever goes in comes out of the system tar', async () => {
  const trees = fc.dictionary(paths, fc.uint8Array({ maxLength: 1500 }), { minKeys: 1, maxKeys: 8 });
  await fc.assert(
    fc.asyncProperty(trees, async (tree) => {
      await withFolder(async (folder) => {
        const files = Object.entries(tree).filter(
          ([path]) => !Object.keys(tree).some((other) => other.startsWith(`${path}/`)),
        );
        const entries = arrange(files.map(([path, content]) => file(`base/${path}`, Buffer.from(content))));
        const root = extract(await archive(entries), folder);
        for (const [path, content] of files)
          expect(readFileSync(join(root, 'base', path))).toEqual(Buffer.from(content));
        for (const entry of entries)
          expect(lstatSync(join(root, entry.path)).isDirectory()).toBe(entry.type === 'directory');
      });
    }),
    { numRuns: 20 },
  );
});
