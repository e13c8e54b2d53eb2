import { testService } from '@fluxwright/runtime/testing';
import { expect, test } from '@jest/globals';
import { mysrv } from '../src/app';

test.each([
  ['GET', '/', 200, 'Hello world!'],
  ['GET', '/health/hostname', 200, 'pod-1'],
  ['GET', '/health', 200, 'Alive!'],
  ['GET', '/elsewhere', 404, 'Resource not found'],
  ['POST', '/', 404, 'Resource not found'],
])('%s %s is answered with %i %s', async (method, path, status, text) => {
  const response = await mysrv(testService(), 'pod-1').request(path, { method });
  expect([response.status, await response.text()]).toEqual([status, text]);
});
