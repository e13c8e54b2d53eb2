import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause, readSettings } from '@fluxwright/runtime';
import { testService } from '@fluxwright/runtime/testing';
import { expect, test } from '@jest/globals';
import { program } from '../src/program';

/** Plays an agent of Consul that knows nobody who did not register with it, and notes what it is asked. */
function playConsul(port = 0): Promise<{ server: Server; url: string; asked: string[] }> {
  const asked: string[] = [];
  let isKnown = false;
  const server = createServer((request, response) => {
    const path = `${request.method} ${request.url?.split('?')[0]}`;
    asked.push(path);
    isKnown ||= path === 'PUT /v1/agent/service/register';
    response.writeHead(isKnown ? 200 : 404).end();
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ server, url: `http://127.0.0.1:${port}`, asked });
    });
  });
}

test('the program registers once it listens, is ready then, and deregisters before it stops listening', async () => {
  const { server, url, asked } = await playConsul();
  const service = testService('mysrv');
  const env = { PORT: '0', DRAIN_SECONDS: '0', CONSUL_URLS: url, ADVERTISE_ADDRESS: '127.0.0.1' };
  await program.start(service, readSettings(program.settings, env));
  while (!service.readiness.report().ready) await pause(5, service.stopping);
  expect(asked[0]).toBe('PUT /v1/agent/service/register');
  await service.stop();
  expect(asked.at(-1)).toMatch(/^PUT \/v1\/agent\/service\/deregister\/mysrv-/);
  const stops = service.lines.map(({ msg }) => msg).filter((msg) => String(msg).startsWith('stopped'));
  expect(stops).toEqual(['stopped: place in the catalogue', 'stopped: HTTP server']);
  expect(service.exitCode()).toBe(0);
  server.close();
});

test('while Consul is gone it stays ready, and when Consul comes back without a memory it registers again', async () => {
  const first = await playConsul();
  const service = testService('mysrv');
  const times = { TTL_SECONDS: '1', CHECK_SECONDS: '1', DRAIN_SECONDS: '0' };
  const env = { ...times, PORT: '0', CONSUL_URLS: first.url, ADVERTISE_ADDRESS: '127.0.0.1' };
  await program.start(service, readSettings(program.settings, env));
  while (!service.readiness.report().ready) await pause(5, service.stopping);
  first.server.close();
  first.server.closeAllConnections();
  const warnings = () => service.lines.filter(({ msg }) => String(msg).startsWith('no Consul agent answers'));
  while (warnings().length === 0) await pause(5, service.stopping);
  expect(service.readiness.report().ready).toBe(true);
  const second = await playConsul(Number(new URL(first.url).port));
  while (!second.asked.includes('PUT /v1/agent/service/register')) await pause(5, service.stopping);
  await service.stop();
  expect(service.exitCode()).toBe(0);
  second.server.close();
  second.server.closeAllConnections();
});

test('what is missing or wrong is named', () => {
  expect(() => readSettings(program.settings, { CONSUL_URLS: 'consul' })).toThrow(
    /CONSUL_URLS is "consul", expected: where agents[^]*ADVERTISE_ADDRESS is missing: the address/,
  );
});

test('several agents may be named', () => {
  const env = { CONSUL_URLS: 'http://a:8500/, http://b:8500', ADVERTISE_ADDRESS: '10.0.0.7' };
  expect(readSettings(program.settings, env).CONSUL_URLS).toEqual(['http://a:8500', 'http://b:8500']);
});
