import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildImage } from '../../../src/images/build';
import { programImage, programs } from '../../../src/images/catalogue';
import { examineImage } from '../../../src/images/examine';
import type { ImageDefinition } from '../../../src/images/types';
import { withFolder } from '../folder';

test('the image of a program is small, has no shell, does not run as root, and is the same when it is built again', async () => {
  const definition = programImage('hello-producer');
  await withFolder(async (folder) => {
    const image = await buildImage(definition, join(folder, 'one'));
    expect(await examineImage(image, definition)).toEqual([]);
    // All but Node itself, which takes long to compress.
    const rest = { ...definition, layers: definition.layers.slice(1) };
    const again = await buildImage(rest, join(folder, 'two'));
    expect(again.layers.map(({ digest }) => digest)).toEqual(
      image.layers.slice(1).map(({ digest }) => digest),
    );
  });
});

test.each([
  ['a shell', { path: 'bin/dash', text: '' }, 'it', ['/usr/bin/dash is a shell']],
  ['a link to one', { path: 'usr/bin/sh', link: 'x' }, 'it', ['/usr/bin/sh is a shell']],
  ['nothing of the kind', { path: 'share/sh/readme.md', text: '' }, 'it', []],
  ['the user root', { path: 'app', text: '' }, 'root', ['it runs as root']],
])('an image with %s is told from one without', async (_, entry, name, problems) => {
  const definition: ImageDefinition = {
    reference: 'example/app:1',
    layers: [{ kind: 'files', entries: [entry] }],
    config: { user: { name, uid: name === 'root' ? 0 : 1000, gid: 1000, home: '/' } },
  };
  await withFolder(async (folder) => {
    expect(await examineImage(await buildImage(definition, join(folder, 'cache')), definition)).toEqual(
      problems,
    );
  });
});

test('an image that is too large, and a program that makes its caller root, are seen', async () => {
  await withFolder(async (folder) => {
    execFileSync('sh', ['-c', 'touch su && chmod 4755 su && tar --create --gzip --file layer.tgz su'], {
      cwd: folder,
    });
    const layer = { file: join(folder, 'layer.tgz'), unpackedSize: 131e6 };
    const image = { layers: [layer] } as unknown as Parameters<typeof examineImage>[0];
    expect(await examineImage(image, programImage('api'))).toEqual([
      '131 MB are more than 130',
      '/su gives the rights of its owner',
    ]);
  });
});

test.each(programs())('%s starts without a shell, as the user that its pod has', (name) => {
  const { user, entrypoint = [] } = programImage(name).config;
  expect(user).toMatchObject({ uid: 1000, gid: 1000 });
  expect(entrypoint[0]).toMatch(/^\/usr\/local\/bin\/node$|^consul-template$/);
});
