import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { programImage } from '../../../src/images/catalogue';
import { packageRoot } from '../../../src/images/folders';

const read = (folder: string, file: string): string =>
  readFileSync(join(packageRoot, 'images', folder, file), 'utf8');

function lastStage(name: string): { readonly [instruction: string]: string } {
  const lines = read(name, 'Dockerfile').split('\n');
  const stage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  return Object.fromEntries(stage.map((line) => /^([A-Z]+) (.*)$/.exec(line)?.slice(1) ?? ['', '']));
}

/** What a Dockerfile takes out of the repository, as opposed to an earlier stage. */
function copied(folder: string): string[] {
  return [...read(folder, 'Dockerfile').matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  );
}

test.each([
  ['program', 'api'],
  ['balancer', 'balancer'],
])(
  'the Dockerfile of images/%s starts the same way as the image that is built without Docker',
  (folder, name) => {
    const { user, entrypoint, command } = programImage(name).config;
    const stage = lastStage(folder);
    expect(stage['USER']).toBe(`${user.uid}:${user.gid}`);
    expect(JSON.parse(stage['ENTRYPOINT'] ?? '')).toEqual(entrypoint);
    expect(JSON.parse(stage['CMD'] ?? '[]')).toEqual(command ?? []);
  },
);

test('the Dockerfile of the balancer takes the version of consul-template that our image has', () => {
  const source = programImage('balancer').layers.find(({ kind }) => kind === 'go');
  const text = readFileSync(join(packageRoot, 'images/balancer/Dockerfile'), 'utf8');
  expect(source).toMatchObject({ kind: 'go' });
  expect(text).toContain(source?.kind === 'go' ? `${source.package}@${source.version}` : 'never');
});

test.each(['program', 'balancer'])(
  'what the Dockerfile of images/%s copies is there, and sent to Docker',
  (folder) => {
    const sent = read(folder, 'Dockerfile.dockerignore').split('\n');
    expect(copied(folder)).not.toEqual([]);
    for (const path of copied(folder)) {
      expect([path, existsSync(join(packageRoot, path))]).toEqual([path, true]);
      expect(sent).toContain(`!${path}`);
    }
  },
);

test('the Dockerfile of the programs has their bundle, Node and cat where our image has them', () => {
  const places = programImage('api').layers.flatMap((layer) => ('to' in layer ? [`/${layer.to}`] : []));
  const targets = [...read('program', 'Dockerfile').matchAll(/^COPY --from=build (\S+) (\S+)$/gm)].map(
    ([, from = '', to = '']) => (to.endsWith('/') ? to + from.slice(from.lastIndexOf('/') + 1) : to),
  );
  expect(targets).toEqual(places);
});
