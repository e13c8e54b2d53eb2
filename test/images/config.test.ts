import { expect, test } from '@jest/globals';
import { ociConfig } from '../../src/images/config';
import type { ImageConfig, Layer } from '../../src/images/types';

const layer: Layer = {
  mediaType: 't',
  digest: 'sha256:a',
  size: 1,
  file: '/a',
  diffId: 'sha256:b',
  unpackedSize: 2,
};
const user = { name: 'app', uid: 1000, gid: 2000, home: '/home/app' };

function configOf(config: ImageConfig): object {
  return ociConfig({ reference: 'app', layers: [{ kind: 'folder', from: 'a', to: 'b' }], config }, [
    layer,
    layer,
  ]);
}

test('a configuration says everything that a runtime asks for', () => {
  const config = configOf({
    user,
    entrypoint: ['/entry'],
    command: ['serve'],
    environment: { LANG: 'C.UTF-8' },
    workingDirectory: '/app',
    ports: ['80/tcp', '53/udp'],
    volumes: ['/data'],
    labels: { title: 'app' },
    stopSignal: 'SIGINT',
  });
  expect(config).toMatchObject({
    os: 'linux',
    created: '1980-01-01T00:00:00Z',
    config: {
      User: '1000:2000',
      Entrypoint: ['/entry'],
      Cmd: ['serve'],
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8'],
      WorkingDir: '/app',
      ExposedPorts: { '80/tcp': {}, '53/udp': {} },
      Volumes: { '/data': {} },
      Labels: { title: 'app' },
      StopSignal: 'SIGINT',
    },
    rootfs: { type: 'layers', diff_ids: ['sha256:b', 'sha256:b'] },
    history: [{ created_by: 'fluxwright: folder' }, { created_by: 'fluxwright: users and folders' }],
  });
});

test('what is not said is not written, and a path of its own takes the place of the default one', () => {
  const { config } = configOf({ user, environment: { PATH: '/opt/bin' } }) as { config: object };
  expect(config).toEqual({ User: '1000:2000', Env: ['PATH=/opt/bin'], WorkingDir: '/' });
});
