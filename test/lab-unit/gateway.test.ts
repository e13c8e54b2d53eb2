import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ownProgram } from '../../src/lab/components/program';
import { dial } from '../../src/lab/gateway';
import { waitFor } from '../../src/lab/wait';

const socketFile = join(mkdtempSync(join(tmpdir(), 'lab-gateway-')), 'gateway.sock');
let gateway: ChildProcess;
let echo: Server;

beforeAll(async () => {
  const [program = '', ...args] = ownProgram('gateway', [socketFile]);
  gateway = spawn(program, args, { stdio: 'ignore' });
  echo = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const missing = async (): Promise<string | undefined> => (existsSync(socketFile) ? undefined : 'no socket');
  await waitFor({ what: 'the gateway is not up', seconds: 20, missing });
});

afterAll(() => {
  gateway.kill();
  echo.close();
});

const port = (): number => (echo.address() as AddressInfo).port;

test('bytes go through the gateway and come back', async () => {
  const socket = await dial(socketFile, '127.0.0.1', port());
  socket.write('hello ');
  socket.end('world');
  expect(await textOf(socket)).toBe('hello world');
});

test('many megabytes arrive whole', async () => {
  const socket = await dial(socketFile, '127.0.0.1', port());
  const sent = 'x'.repeat(8 << 20);
  socket.end(sent);
  expect((await textOf(socket)).length).toBe(sent.length);
});

test('an address where nobody listens is refused, with the reason', async () => {
  await expect(dial(socketFile, '127.0.0.1', 1)).rejects.toThrow(/127\.0\.0\.1:1: .*ECONNREFUSED/);
});

test('without a gateway there is an error, not a wait', async () => {
  await expect(dial(`${socketFile}.missing`, '127.0.0.1', 1)).rejects.toThrow(/ENOENT/);
});

async function textOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
