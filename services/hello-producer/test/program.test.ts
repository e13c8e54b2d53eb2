import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSettings } from '@fluxwright/runtime';
import { testService, until } from '@fluxwright/runtime/testing';
import { program } from '../src/program';

const HEALTH_FILE = join(mkdtempSync(join(tmpdir(), 'hello-')), 'healthy');

test('it is alive at once, but ready only once the brokers are there, and stops cleanly without them', async () => {
  writeFileSync(HEALTH_FILE, 'left behind');
  const service = testService(program.name);
  const started = program.start(
    service,
    readSettings(program.settings, {
      NATS_URL: 'nats://127.0.0.1:1',
      POD_IP: '10.0.0.7',
      HEALTH_FILE,
      PORT: '0',
      DRAIN_SECONDS: '0',
    }),
  );
  const listening = (): { port?: unknown } | undefined => service.lines.find((line) => 'port' in line);
  await until(() => listening() !== undefined);
  const { port } = listening() ?? {};
  expect(await (await fetch(`http://127.0.0.1:${String(port)}/health`)).text()).toBe('Alive!');
  const ready = await fetch(`http://127.0.0.1:${String(port)}/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.text()).toContain('"nats"');
  expect(existsSync(HEALTH_FILE)).toBe(false);
  await service.stop();
  await started;
  expect(service.exitCode()).toBe(0);
});

test('it names what it has to be told', () => {
  expect(() => readSettings(program.settings, {})).toThrow(/NATS_URL is missing: .*[^]*POD_IP is missing/);
});

test('its README tells of every setting', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  for (const name of Object.keys(program.settings.shape)) expect(readme).toContain(`\`${name}\``);
});
