import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSettings } from '@fluxwright/runtime';
import { testService } from '@fluxwright/runtime/testing';
import { program } from '../src/program';

test('it is alive at once, but ready only once the brokers are there, and stops cleanly without them', async () => {
  const service = testService(program.name);
  await program.start(
    service,
    readSettings(program.settings, {
      BROKERS: '127.0.0.1:1',
      TOPIC: 'messages',
      PORT: '0',
      DRAIN_SECONDS: '0',
    }),
  );
  const { port } = service.lines.find((line) => 'port' in line) ?? {};
  expect(await (await fetch(`http://127.0.0.1:${String(port)}/health`)).text()).toBe('Alive!');
  const ready = await fetch(`http://127.0.0.1:${String(port)}/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.text()).toContain('"topic messages"');
  await service.stop();
  expect(service.exitCode()).toBe(0);
});

test('it names what it has to be told', () => {
  expect(() => readSettings(program.settings, {})).toThrow(/BROKERS is missing: .*[^]*TOPIC is missing/);
});

test('its README tells of every setting', () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  for (const name of Object.keys(program.settings.shape)) expect(readme).toContain(`\`${name}\``);
});
