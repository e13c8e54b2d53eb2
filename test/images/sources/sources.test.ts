import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { buildLayer } from '../../../src/images/layer';
import { run } from '../../../src/images/run';
import { isKept } from '../../../src/images/sources/debian';
import { javaHome } from '../../../src/images/sources/java';
import { pom } from '../../../src/images/sources/maven';
import { findPrebuilt, isBuiltFrom } from '../../../src/images/sources/prebuilt';
import { sharedLibraries } from '../../../src/images/sources/program';
import type { LayerSource } from '../../../src/images/types';
import { withFolder, writeFiles } from '../folder';

async function unpack(source: LayerSource, folder: string): Promise<string> {
  const layer = await buildLayer(source, join(folder, 'cache'));
  const root = join(folder, 'root');
  mkdirSync(root);
  execFileSync('tar', ['-x', '--no-same-owner'], { input: gunzipSync(readFileSync(layer.file)), cwd: root });
  return root;
}

test('a program comes with every library that it needs, and runs on them alone', async () => {
  await withFolder(async (folder) => {
    const root = await unpack({ kind: 'program', file: '/bin/cat', to: 'usr/bin/cat' }, folder);
    const loader =
      sharedLibraries(execFileSync('ldd', ['/bin/cat']).toString()).find((path) => path.includes('/ld-')) ??
      '';
    const inside = (path: string): string => join(root, path.replace(/^\/(lib|lib64)\//, '/usr/$1/'));
    const libraries = sharedLibraries(execFileSync('ldd', ['/bin/cat']).toString()).map((path) =>
      join(inside(path), '..'),
    );
    writeFileSync(join(folder, 'text'), 'hello');
    const args = [
      '--inhibit-cache',
      '--library-path',
      libraries.join(':'),
      inside('/usr/bin/cat'),
      join(folder, 'text'),
    ];
    expect(execFileSync(inside(loader), args, { env: {} }).toString()).toBe('hello');
  });
});

test('libraries are read from what ldd prints', () => {
  const output = `\tlinux-vdso.so.1 (0x00007ffd)
\tlibstdc++.so.6 => /lib/x86_64-linux-gnu/libstdc++.so.6 (0x00007f14)
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f13)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f15)
`;
  expect(sharedLibraries(output)).toEqual([
    '/lib/x86_64-linux-gnu/libc.so.6',
    '/lib/x86_64-linux-gnu/libstdc++.so.6',
    '/lib64/ld-linux-x86-64.so.2',
  ]);
  expect(sharedLibraries('\tstatically linked\n')).toEqual([]);
});

test('a workspace is built anew for each image', async () => {
  await withFolder(async (folder) => {
    const workspace = join(folder, 'service');
    const script = 'mkdir -p build && cat source >> build/main.js';
    await writeFiles(workspace, {
      'package.json': JSON.stringify({ scripts: { build: script } }),
      source: 'one\n',
    });
    const source: LayerSource = {
      kind: 'npm',
      folder: workspace,
      script: 'build',
      output: 'build',
      to: 'app',
    };
    const first = await buildLayer(source, join(folder, 'cache'));
    const root = await unpack(source, folder);
    expect(readFileSync(join(root, 'app/main.js'), 'utf8')).toBe('one\none\n');
    expect((await buildLayer(source, join(folder, 'cache'))).digest).not.toBe(first.digest);
  });
});

test('of a Debian package what programs read is kept, and the licence', () => {
  const drop = ['usr/share/man', 'usr/lib/big'];
  const kept = (path: string): boolean => isKept(path, drop);
  expect(
    ['usr/bin/psql', 'usr/share/doc/bash/copyright', 'usr/share/manual', 'lib/bigger'].map(kept),
  ).toEqual([true, true, true, true]);
  expect(
    ['usr/share/doc/bash/README', 'usr/share/man/man1/a.gz', 'lib/big/x', 'usr/lib/big'].map(kept),
  ).toEqual([false, false, false, false]);
});

test('a pom asks for the artifacts, and for their dependencies without those left out', () => {
  const text = pom({ artifacts: ['org.a:b:1.0', 'c:d_2.13:2'], without: ['x:y'] });
  expect(text).toContain(
    '<dependency><groupId>c</groupId><artifactId>d_2.13</artifactId><version>2</version>',
  );
  expect(
    text.match(/<exclusion><groupId>x<\/groupId><artifactId>y<\/artifactId><\/exclusion>/g),
  ).toHaveLength(2);
});

test.each(['a:b', 'a:b:1:2', 'a:b:<version>', 'a:b:'])('%j is no Maven coordinate', (artifact) => {
  expect(() => pom({ artifacts: [artifact] })).toThrow(
    `${artifact} is no Maven coordinate: write group:artifact:version`,
  );
});

test('a prebuilt program of another version is not taken', async () => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'tool'), 'ELF…\nmod\texample.com/tool/v2\tv2.1.0\th1:abc=\n');
    process.env['FLUXWRIGHT_LAB_BIN'] = folder;
    const find = (version: string) =>
      findPrebuilt('tool', { module: 'example.com/tool/v2', version }, join(folder, 'cache'));
    expect(await find('v2.1.0')).toBe(join(folder, 'tool'));
    expect(await find('v2.1')).toBeUndefined();
    expect(
      await findPrebuilt('other', { module: 'm', version: 'v1' }, join(folder, 'cache')),
    ).toBeUndefined();
    expect(await isBuiltFrom(join(folder, 'tool'), { module: 'example.com/tool', version: 'v2.1.0' })).toBe(
      false,
    );
  });
});

test('a packed prebuilt program is unpacked once', async () => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'tool'), 'mod\tm\tv1\th1:abc=\n');
    execFileSync('xz', [join(folder, 'tool')]);
    process.env['FLUXWRIGHT_LAB_BIN'] = folder;
    const first = await findPrebuilt('tool', { module: 'm', version: 'v1' }, join(folder, 'cache'));
    expect(first).toContain(join(folder, 'cache', 'binaries'));
    expect(await findPrebuilt('tool', { module: 'm', version: 'v1' }, join(folder, 'cache'))).toBe(first);
  });
});

test('a tool that is missing is named with what to install', async () => {
  await withFolder(async (folder) => {
    await expect(run('jlink', [], { environment: { PATH: folder } })).rejects.toThrow(
      'jlink is not on this machine: install a JDK',
    );
    await expect(javaHome({ PATH: folder })).rejects.toThrow('jlink is not on this machine: install a JDK');
    expect(await javaHome({ JAVA_HOME: '/opt/jdk' })).toBe('/opt/jdk');
  });
});

test('a tool that fails shows the end of what it said', async () => {
  await expect(run('sh', ['-c', 'echo first; echo why >&2; exit 3'])).rejects.toThrow(
    /^sh -c echo .* failed:\nfirst\n\nwhy$/s,
  );
});
