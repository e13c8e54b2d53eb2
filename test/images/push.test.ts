import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildImage } from '../../src/images/build';
import { destination, pushImage } from '../../src/images/push';
import type { BuiltImage } from '../../src/images/types';
import { withFolder } from './folder';
import { type Behaviour, type Intercept, type TestRegistry, withRegistry } from './registry-server';

const credentials = { username: 'user', password: 'pass:word' };
const basic = `Basic ${Buffer.from('user:pass:word').toString('base64')}`;

async function withImage(
  behaviour: Behaviour,
  use: (image: BuiltImage, registry: TestRegistry) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const image = await buildImage(
      {
        reference: 'fluxwright/app:1',
        layers: [{ kind: 'files', entries: [{ path: 'app', text: 'x'.repeat(100_000) }] }],
        config: { user: { name: 'app', uid: 1, gid: 1, home: '/' } },
      },
      join(folder, 'cache'),
    );
    await withRegistry(behaviour, (registry) => use(image, registry));
  });
}

function challenge(response: ServerResponse, header: string): true {
  response.writeHead(401, { 'www-authenticate': header }).end();
  return true;
}

const refuseUploads: Intercept = (request, response) => {
  if (request.method !== 'POST') return false;
  response.writeHead(403).end('{"errors":[{"code":"DENIED"}]}');
  return true;
};

const askForPassword: Intercept = (request, response) =>
  request.headers.authorization !== basic && challenge(response, 'Basic realm="registry"');

test('an image arrives whole under its tag, and its digest is the one that was built', async () => {
  await withImage({}, async (image, registry) => {
    const pushed = await pushImage(image, registry.host);
    expect(pushed).toEqual({ reference: `${registry.host}/fluxwright/app:1@${image.digest}`, uploaded: 3 });
    const manifest = registry.manifests.get('fluxwright/app:1') ?? '';
    expect(`sha256:${createHash('sha256').update(manifest).digest('hex')}`).toBe(image.digest);
  });
});

test('what the registry has is not sent again', async () => {
  await withImage({}, async (image, registry) => {
    await pushImage(image, registry.host);
    expect(await pushImage(image, `http://${registry.host}/`)).toMatchObject({ uploaded: 0 });
  });
});

test('a registry that is busy is asked again', async () => {
  let refusals = 2;
  const intercept = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'PUT' || refusals-- <= 0) return false;
    response.writeHead(refusals ? 503 : 429).end();
    return true;
  };
  await withImage({ intercept }, async (image, registry) => {
    expect(await pushImage(image, registry.host)).toMatchObject({ uploaded: 3 });
  });
});

test('a registry that refuses says why', async () => {
  await withImage({ intercept: refuseUploads }, async (image, registry) => {
    await expect(pushImage(image, registry.host)).rejects.toThrow(
      'the registry refused /v2/fluxwright/app/blobs/uploads/: status 403 {"errors":[{"code":"DENIED"}]}',
    );
  });
});

test('a registry that asks for a password gets it', async () => {
  await withImage({ intercept: askForPassword }, async (image, registry) => {
    await pushImage(image, registry.host, { credentials });
    expect(registry.manifests.size).toBe(1);
    expect(registry.requests.filter(({ authorization }) => authorization === undefined)).toHaveLength(1);
  });
});

function tokenServer(asked: string[]): Intercept {
  return (request, response, registry) => {
    if (request.url?.startsWith('/token')) {
      asked.push(request.url);
      response.end(request.headers.authorization === basic ? '{"token":"T"}' : '{}');
      return true;
    }
    const header = `Bearer realm="http://${registry.host}/token",service="the registry",scope="repository:wrong:pull"`;
    return request.headers.authorization !== 'Bearer T' && challenge(response, header);
  };
}

test('a registry that wants a token gets one for pushing to this repository', async () => {
  const asked: string[] = [];
  await withImage({ intercept: tokenServer(asked) }, async (image, registry) => {
    expect(await pushImage(image, registry.host, { credentials })).toMatchObject({ uploaded: 3 });
    expect(asked).toEqual(['/token?service=the+registry&scope=repository%3Afluxwright%2Fapp%3Apull%2Cpush']);
  });
});

test('somebody without the right to push is told to log in', async () => {
  await withImage({ intercept: tokenServer([]) }, async (image, registry) => {
    const wrong = { ...credentials, password: 'wrong' };
    await expect(pushImage(image, registry.host, { credentials: wrong })).rejects.toThrow(
      `gave no right to push to ${registry.host}/fluxwright/app (status 200): run docker login ${registry.host}`,
    );
  });
});

test('the password does not follow an upload to another server', async () => {
  await withRegistry({}, async (storage) => {
    const intercept: Intercept = (request, response) => {
      if (request.headers.authorization !== basic) return challenge(response, 'Basic realm="r"');
      if (request.method !== 'POST') return false;
      response
        .writeHead(202, { location: `http://${storage.host}/v2/elsewhere/blobs/uploads/1?state=a%2Fb` })
        .end();
      return true;
    };
    await withImage({ intercept }, async (image, registry) => {
      await expect(pushImage(image, registry.host, { credentials })).rejects.toThrow('the registry refused');
      expect(storage.blobs.size).toBe(3);
      expect(storage.requests.map(({ authorization }) => authorization)).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });
  });
});

test('nobody there is said with the address', async () => {
  await withImage({}, async (image, registry) => {
    const closed = await withRegistry({}, ({ host }) => Promise.resolve(host));
    await expect(pushImage(image, closed)).rejects.toThrow(
      `http://${closed} did not answer as it should in 4 tries: connect ECONNREFUSED`,
    );
    expect(registry.requests).toEqual([]);
  });
});

test.each([
  ['ghcr.io/fluxwright/api:1', 'ghcr.io/somebody', 'ghcr.io/somebody/api:1'],
  ['ghcr.io/fluxwright/api:1', 'ghcr.io/fluxwright', 'ghcr.io/fluxwright/api:1'],
  ['ghcr.io/fluxwright/api:1', 'localhost:5000', 'localhost:5000/fluxwright/api:1'],
  ['zookeeper:3.9.5', 'localhost:5000', 'localhost:5000/zookeeper:3.9.5'],
  ['registry.k8s.io/pause:3.10', 'https://mirror.example/', 'mirror.example/pause:3.10'],
])('%s pushed to %s is %s', (reference, registry, expected) => {
  const { registry: host, repository, tag } = destination(reference, registry);
  expect(`${host}/${repository}:${tag}`).toBe(expected);
});
