import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../../../src/images/folders';
import { withFolder } from '../folder';

const images = join(packageRoot, 'images');
const scripts = readdirSync(images, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.sh$|\/run$/.test(path),
);

function call(
  script: string,
  args: readonly string[],
  environment: { readonly [name: string]: string } = {},
) {
  const options = { env: { PATH: process.env['PATH'] ?? '', ...environment }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync('bash', [join(images, script), ...args], options);
  return { status, stdout, stderr };
}

test.each(scripts)('%s is a script that its shell understands', (script) => {
  const shell = readFileSync(join(images, script), 'utf8').startsWith('#!/bin/sh') ? 'dash' : 'bash';
  expect(execFileSync(shell, ['-n', join(images, script)]).toString()).toBe('');
});

function zookeeper(folder: string, settings: { readonly [name: string]: string } = {}) {
  for (const name of ['conf', 'data']) mkdirSync(join(folder, name), { recursive: true });
  const environment = {
    ZOO_CONF_DIR: join(folder, 'conf'),
    ZOO_DATA_DIR: join(folder, 'data'),
    ZOO_TICK_TIME: '2000',
    ...settings,
  };
  return call('zookeeper/root/docker-entrypoint.sh', ['echo', 'started'], environment);
}

test('ZooKeeper gets a configuration and an identity where it has none', async () => {
  await withFolder(async (folder) => {
    const servers = 'server.1=a:2888:3888;2181 server.2=b:2888:3888;2181';
    expect(zookeeper(folder, { ZOO_MY_ID: '2', ZOO_SERVERS: servers }).stdout).toBe('started\n');
    expect(readFileSync(join(folder, 'data/myid'), 'utf8')).toBe('2\n');
    const lines = readFileSync(join(folder, 'conf/zoo.cfg'), 'utf8').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining(['tickTime=2000', 'server.2=b:2888:3888;2181', `dataDir=${folder}/data`]),
    );
  });
});

test('ZooKeeper keeps the configuration and the identity that it has', async () => {
  await withFolder(async (folder) => {
    for (const name of ['conf', 'data']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'conf/zoo.cfg'), 'mine');
    writeFileSync(join(folder, 'data/myid'), '7');
    zookeeper(folder, { ZOO_MY_ID: '2' });
    expect([
      readFileSync(join(folder, 'conf/zoo.cfg'), 'utf8'),
      readFileSync(join(folder, 'data/myid'), 'utf8'),
    ]).toEqual(['mine', '7']);
  });
});

test.each([
  [['-js', '-sd', '/data'], 'nats-server -js -sd /data\n'],
  [['nats-server', '-c', 'x'], 'nats-server -c x\n'],
  [['sh', '-c', 'x'], 'sh -c x\n'],
])('NATS called with %j runs %j', async (args, expected) => {
  await withFolder(async (folder) => {
    for (const name of ['nats-server', 'sh'])
      writeFileSync(join(folder, name), `#!/bin/bash\necho ${name} "$@"\n`, { mode: 0o755 });
    expect(
      call('nats/usr/local/bin/docker-entrypoint.sh', args, { PATH: `${folder}:${process.env['PATH']}` })
        .stdout,
    ).toBe(expected);
  });
});

test.each([
  [['agent', '-dev'], 'consul agent -data-dir=/consul/data -config-dir=/consul/config -dev\n'],
  [['-version'], 'consul -version\n'],
  [['members'], 'consul members\n'],
  [['sh', '-c', 'x'], 'sh -c x\n'],
])('Consul called with %j runs %j', async (args, expected) => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'dumb-init'), '#!/bin/bash\necho "$@"\n', { mode: 0o755 });
    const environment = { PATH: `${folder}:${process.env['PATH']}` };
    const { stdout } = call('consul/usr/local/bin/docker-entrypoint.sh', args, environment);
    expect(stdout).toBe(expected);
  });
});

/** Runs Kafka's start script with a setup that says and answers this; what the server is then started with. */
function kafka(folder: string, setup: string, status: number) {
  const script = readFileSync(join(images, 'kafka/root/etc/kafka/docker/run'), 'utf8');
  const fakes = {
    'opt/kafka/bin/kafka-run-class.sh': `echo '${setup}' >&2; exit ${status}`,
    'opt/kafka/bin/kafka-server-start.sh': 'echo started',
  };
  for (const name of ['opt/kafka/bin', 'opt/kafka/config', 'etc/kafka/docker'])
    mkdirSync(join(folder, name), { recursive: true });
  for (const [path, text] of Object.entries(fakes))
    writeFileSync(join(folder, path), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
  for (const name of ['server.properties', 'log4j2.yaml', 'tools-log4j2.yaml'])
    writeFileSync(join(folder, 'etc/kafka/docker', name), '');
  writeFileSync(join(folder, 'run'), script.replaceAll(/\/(opt|etc)\/kafka/g, `${folder}/$1/kafka`));
  return spawnSync('bash', [join(folder, 'run')], { encoding: 'utf8' });
}

test('Kafka starts again on storage that it formatted before, and not on a wrong configuration', async () => {
  await withFolder(async (folder) => {
    expect(kafka(folder, 'Formatting data', 0).stdout).toContain('started');
    expect(kafka(folder, 'Log directory /data is already formatted.', 1).stdout).toContain('started');
    const broken = kafka(folder, 'Missing required configuration', 1);
    expect([broken.status, broken.stdout, broken.stderr]).toEqual([
      1,
      '',
      'Missing required configuration\n',
    ]);
  });
});

test('PostgreSQL without a password does not start', async () => {
  await withFolder(async (folder) => {
    const refused = call('postgres/usr/local/bin/docker-entrypoint.sh', ['postgres'], {
      PGDATA: join(folder, 'data'),
    });
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE) is not set'),
    });
  });
});

test('PostgreSQL takes its password from a file, but not from both', async () => {
  await withFolder(async (folder) => {
    writeFileSync(
      join(folder, 'initdb'),
      '#!/bin/bash\nfor a in "$@"; do case "$a" in --pwfile=*) cat "${a#--pwfile=}" >&2;; esac; done; exit 9',
      { mode: 0o755 },
    );
    writeFileSync(join(folder, 'password'), 'secret word\n');
    const environment = {
      PATH: `${folder}:${process.env['PATH']}`,
      PGDATA: join(folder, 'data'),
      POSTGRES_PASSWORD_FILE: join(folder, 'password'),
    };
    const start = (more: object) =>
      call('postgres/usr/local/bin/docker-entrypoint.sh', ['postgres'], { ...environment, ...more });
    expect(start({})).toMatchObject({ status: 9, stderr: 'secret word\n' });
    expect(start({ POSTGRES_PASSWORD: 'x' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('are both set: set one'),
    });
  });
});
