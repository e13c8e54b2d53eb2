import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { programImage } from '../../../src/images/catalogue';
import { packageRoot } from '../../../src/images/folders';

function lastStage(name: string): { readonly [instruction: string]: string } {
  const lines = readFileSync(join(packageRoot, 'images', name, 'Dockerfile'), 'utf8').split('\n');
  const stage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  return Object.fromEntries(stage.map((line) => /^([A-Z]+) (.*)$/.exec(line)?.slice(1) ?? ['', '']));
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
