import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { keepHealthFile } from '../src/health-file';
import { testService } from '../src/testing';

const folder = mkdtempSync(join(tmpdir(), 'health-'));

test('the file is there exactly while the service is ready', async () => {
  const path = join(folder, 'connected');
  const service = testService();
  const nats = service.readiness.need('nats', 'connecting');
  keepHealthFile(service, path);
  const seen = [existsSync(path)];
  nats.met();
  seen.push(existsSync(path));
  nats.unmet('lost');
  seen.push(existsSync(path));
  nats.met();
  seen.push(existsSync(path));
  await service.stop();
  seen.push(existsSync(path));
  expect(seen).toEqual([false, true, false, true, false]);
});

test('a file that a killed predecessor left behind goes at once', () => {
  const path = join(folder, 'stale');
  writeFileSync(path, 'ready');
  const service = testService();
  service.readiness.need('nats', 'connecting');
  keepHealthFile(service, path);
  expect(existsSync(path)).toBe(false);
});
