import { expect, test } from '@jest/globals';
import { credentialsFor } from '../../src/images/credentials';
import { withFolder, writeFiles } from './folder';

const encoded = Buffer.from('user:pass:word').toString('base64');

function lookUp(config: string, registry: string) {
  return withFolder(async (folder) => {
    await writeFiles(folder, { 'config.json': config });
    return credentialsFor(registry, { DOCKER_CONFIG: folder });
  });
}

test.each(['ghcr.io', 'https://ghcr.io', 'https://ghcr.io/v1/'])(
  'a login noted under %s is found',
  async (name) => {
    const config = JSON.stringify({ auths: { [name]: { auth: encoded } } });
    expect(await lookUp(config, 'ghcr.io')).toEqual({ username: 'user', password: 'pass:word' });
  },
);

test('a login for another registry is not used', async () => {
  expect(
    await lookUp(JSON.stringify({ auths: { 'ghcr.io': { auth: encoded } } }), 'ghcr.io.example'),
  ).toBeUndefined();
});

test('without a file there is no login', async () => {
  expect(await credentialsFor('ghcr.io', { DOCKER_CONFIG: '/nowhere' })).toBeUndefined();
});

test('a file that is damaged is named', async () => {
  await expect(lookUp('{', 'ghcr.io')).rejects.toThrow('config.json is not JSON: log in again, or remove it');
  await expect(lookUp('{"auths":{"ghcr.io":{"auth":"eA=="}}}', 'ghcr.io')).rejects.toThrow(
    'not base64 of user:password',
  );
});
