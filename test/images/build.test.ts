import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, truncateSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { buildImage } from '../../src/images/build';
import type { BuiltImage, ImageDefinition } from '../../src/images/types';
import { withFolder, writeFiles } from './folder';

const files = { 'main.js': 'console.log(1)', 'run.sh': '#!/bin/sh', 'deep/er/data': 'x', link: '-> main.js' };

function definition(from: string, change: Partial<ImageDefinition> = {}): ImageDefinition {
  return {
    reference: 'example/app:1',
    layers: [{ kind: 'folder', from, to: 'app' }],
    config: {
      user: { name: 'app', uid: 1000, gid: 2000, home: '/home/app' },
      volumes: ['/data'],
      command: ['/app/run.sh'],
    },
    ...change,
  };
}

async function build(folder: string, name: string, content = files, modes?: number[]): Promise<BuiltImage> {
  await writeFiles(join(folder, name), content, modes);
  return buildImage(definition(join(folder, name)), join(folder, `cache-${name}`));
}

const sha256 = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

test('the same files in another folder, at another time, with another umask give the same image', async () => {
  await withFolder(async (folder) => {
    const first = await build(folder, 'one');
    const second = await build(
      folder,
      'elsewhere',
      Object.fromEntries(Object.entries(files).toReversed()) as typeof files,
      [0o664, 0o775],
    );
    expect(second.digest).toBe(first.digest);
    expect(readFileSync(second.archive)).toEqual(readFileSync(first.archive));
  });
});

test.each([
  ['a content', { ...files, 'main.js': 'console.log(2)' }],
  [
    'a name',
    { 'other.js': 'console.log(1)', 'run.sh': '#!/bin/sh', 'deep/er/data': 'x', link: '-> main.js' },
  ],
  ['a link', { ...files, link: '-> run.sh' }],
])('%s that differs gives another image', async (_, changed) => {
  await withFolder(async (folder) => {
    expect((await build(folder, 'b', changed as typeof files)).digest).not.toBe(
      (await build(folder, 'a')).digest,
    );
  });
});

test('a file that may be run and one that may not are different images', async () => {
  await withFolder(async (folder) => {
    expect((await build(folder, 'a', files, [0o600, 0o600])).digest).not.toBe(
      (await build(folder, 'b')).digest,
    );
  });
});

test('an image changes when a file changes, although the folder was built before', async () => {
  await withFolder(async (folder) => {
    const before = await build(folder, 'app');
    await writeFiles(join(folder, 'app'), { 'main.js': 'console.log(3)' });
    const after = await buildImage(definition(join(folder, 'app')), join(folder, 'cache-app'));
    expect(after.digest).not.toBe(before.digest);
    expect(after.archive).toBe(before.archive);
    expect(indexOf(after).manifests[0]?.digest).toBe(after.digest);
  });
});

test('a damaged cache is repaired, and a cache that moved still serves', async () => {
  await withFolder(async (folder) => {
    const image = await build(folder, 'app');
    truncateSync(image.layers[0]?.file ?? '', 3);
    const again = await buildImage(definition(join(folder, 'app')), join(folder, 'cache-app'));
    expect(sha256(readFileSync(again.layers[0]?.file ?? ''))).toBe(again.layers[0]?.digest);
    await rename(join(folder, 'cache-app'), join(folder, 'moved'));
    const moved = await buildImage(definition(join(folder, 'app')), join(folder, 'moved'));
    expect(moved.layers[0]?.file).toContain('moved');
    expect(readFileSync(moved.layers[0]?.file ?? '')).toHaveLength(moved.layers[0]?.size ?? 0);
  });
});

test('builds at the same time into one cache agree and leave nothing half done', async () => {
  await withFolder(async (folder) => {
    await writeFiles(join(folder, 'app'), files);
    const cache = join(folder, 'cache');
    const images = await Promise.all(
      Array.from({ length: 6 }, () => buildImage(definition(join(folder, 'app')), cache)),
    );
    expect(new Set(images.map(({ digest }) => digest)).size).toBe(1);
    expect(readdirSync(join(cache, 'work'))).toEqual([]);
  });
});

function indexOf({ archive }: BuiltImage): { manifests: { digest: string; annotations: object }[] } {
  return JSON.parse(execFileSync('tar', ['-xOf', archive, 'index.json']).toString()) as ReturnType<
    typeof indexOf
  >;
}

test('the archive is an OCI layout in which every blob is what its name says', async () => {
  await withFolder(async (folder) => {
    const image = await build(folder, 'app');
    const root = join(folder, 'layout');
    await mkdir(root);
    execFileSync('tar', ['-xf', image.archive, '-C', root]);
    const blobs = readdirSync(join(root, 'blobs/sha256'));
    for (const blob of blobs)
      expect(sha256(readFileSync(join(root, 'blobs/sha256', blob)))).toBe(`sha256:${blob}`);
    expect(blobs).toHaveLength(4);
    expect(indexOf(image).manifests[0]).toMatchObject({
      digest: image.digest,
      annotations: {
        'io.containerd.image.name': 'docker.io/example/app:1',
        'org.opencontainers.image.ref.name': '1',
      },
    });
    const [docker] = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')) as [
      { Config: string; Layers: string[]; RepoTags: string[] },
    ];
    expect(docker.RepoTags).toEqual(['docker.io/example/app:1']);
    expect(
      [docker.Config, ...docker.Layers].map((path) => readFileSync(join(root, path)).length > 0),
    ).toEqual([true, true, true]);
  });
});

test('the configuration names the tars inside the layers, in order', async () => {
  await withFolder(async (folder) => {
    const image = await build(folder, 'app');
    const config = JSON.parse(readFileSync(image.config.file, 'utf8')) as { rootfs: { diff_ids: string[] } };
    const tars = image.layers.map(({ file }) => gunzipSync(readFileSync(file)));
    expect(config.rootfs.diff_ids).toEqual(tars.map(sha256));
    expect(image.layers.map(({ unpackedSize }) => unpackedSize)).toEqual(tars.map((tar) => tar.length));
  });
});

test('the last layer has users, a temporary folder for all, and data folders that belong to the user', async () => {
  await withFolder(async (folder) => {
    const image = await build(folder, 'app');
    const bytes = gunzipSync(readFileSync(image.layers.at(-1)?.file ?? ''));
    const listing = execFileSync('tar', ['-tv', '--numeric-owner'], { input: bytes }).toString();
    expect(listing).toMatch(/^drwxrwxrwt 0\/0 .* tmp\/$/m);
    expect(listing).toMatch(/^drwxr-xr-x 1000\/2000 .* data\/$/m);
    expect(listing).toMatch(/^drwxr-xr-x 1000\/2000 .* home\/app\/$/m);
    expect(listing).toMatch(/ bin -> usr\/bin$/m);
    const read = (path: string): string => execFileSync('tar', ['-xO', path], { input: bytes }).toString();
    expect(read('etc/passwd')).toBe(
      'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\napp:x:1000:2000:app:/home/app:/bin/sh\n',
    );
    expect(read('etc/group')).toBe('root:x:0:\nnobody:x:65534:\napp:x:2000:\n');
  });
});

test('a name that no registry takes is refused before anything is built', async () => {
  await withFolder(async (folder) => {
    await expect(
      buildImage(definition(folder, { reference: 'Example/App' }), join(folder, 'cache')),
    ).rejects.toThrow('is no image name');
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('a folder that is not there is named', async () => {
  await withFolder(async (folder) => {
    await expect(buildImage(definition(join(folder, 'missing')), join(folder, 'cache'))).rejects.toThrow(
      `the folder ${folder}/missing is not there`,
    );
  });
});
