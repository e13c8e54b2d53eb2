import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause, readSettings } from '@fluxwright/runtime';
import { testService } from '@fluxwright/runtime/testing';
import { expect, test } from '@jest/globals';
import { program } from '../src/program';

/** Plays an agent of Consul on a port of its own, and notes what it is asked. */
function playConsul(): Promise<{ server: Server; url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    response.end();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
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

test('what is missing or wrong is named', () => {
  expect(() => readSettings(program.settings, { CONSUL_URLS: 'consul' })).toThrow(
    /CONSUL_URLS is "consul", expected: where agents[^]*ADVERTISE_ADDRESS is missing: the address/,
  );
});

test('several agents may be named', () => {
  const env = { CONSUL_URLS: 'http://a:8500/, http://b:8500', ADVERTISE_ADDRESS: '10.0.0.7' };
  expect(readSettings(program.settings, env).CONSUL_URLS).toEqual(['http://a:8500', 'http://b:8500']);
});
