import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { startLoad } from './load';

test('answers, errors and connections that break are counted apart', async () => {
  const count = { asked: 0 };
  const server = createServer((request, response) => {
    count.asked++;
    if (count.asked % 3 === 0) request.socket.destroy();
    else response.writeHead(count.asked % 3 === 1 ? 200 : 503).end('one');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const load = startLoad(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 1);
  while (count.asked < 9) await new Promise((resolve) => void setTimeout(resolve, 1));
  await load.stop();
  const { ok, failed, answeredBy, failures } = load.next();
  expect(ok + failed).toBe(count.asked);
  expect(ok).toBeGreaterThanOrEqual(3);
  expect([...answeredBy.keys()]).toEqual(['one']);
  expect(failures.get('HTTP 503')).toBeGreaterThanOrEqual(2);
  expect(failures.get('socket hang up')).toBeGreaterThanOrEqual(2);
  server.close();
});
