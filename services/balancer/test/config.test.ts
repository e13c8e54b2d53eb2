import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { programImage } from '../../../src/images';

const read = (name: string): string => readFileSync(join(__dirname, '..', name), 'utf8');
const [haproxy, template] = [read('haproxy.cfg.ctmpl'), read('consul-template.hcl')];
const image = programImage('balancer');

/** The lines of one section of HAProxy's configuration. */
function section(name: string): string {
  return new RegExp(`^${name}\\n((?:[ {].*\\n|\\n)*)`, 'm').exec(haproxy)?.[1] ?? '';
}

test('what is rendered is what HAProxy reads, in the folder that is writable', () => {
  const destination = /destination = "([^"]+)"/.exec(template)?.[1] ?? '';
  expect(template).toContain(`["haproxy", "-W", "-f", "${destination}"]`);
  expect(image.config.folders).toEqual([destination.slice(0, destination.lastIndexOf('/'))]);
});

test('the template is where the image has it', () => {
  const source = /source {6}= "([^"]+)"/.exec(template)?.[1] ?? '';
  expect(image.layers).toContainEqual(
    expect.objectContaining({
      from: 'services/balancer',
      to: source.replace(/^\/|\/haproxy.cfg.ctmpl$/g, ''),
    }),
  );
});

test('Consul is waited for without end', () => {
  expect(template).toMatch(/retry \{\s+attempts {4}= 0\n/);
});

test('an instance that is late with its answer to a check is not taken for dead before five seconds', () => {
  expect(section('defaults')).toContain('timeout check 5s');
});

test('a reload refuses no connection and cuts off no idle client', () => {
  expect(section('global')).toContain('expose-fd listeners');
  expect(section('defaults')).toContain('option idle-close-on-response');
  expect(template).toContain('reload_signal = "SIGUSR2"');
});

test('SIGTERM ends HAProxy after the requests that run', () => {
  expect(template).toMatch(/^kill_signal = "SIGTERM"$/m);
  expect(template).toMatch(/^ {2}kill_signal {3}= "SIGUSR1"$/m);
});

test('what fails on one server goes to another, but a POST is never sent twice', () => {
  expect(section('defaults')).toMatch(/retry-on .*conn-failure empty-response/);
  expect(section('defaults')).toContain('option redispatch 1');
  expect(section('backend instances')).toContain('http-request disable-l7-retry if METH_POST');
});

test('each instance that Consul finds well is one server, checked as HTTP 1.1 with a host', () => {
  expect(section('backend instances')).toMatch(
    /^ {2}server \{\{ .* \}\} \{\{ \.Address \}\}:\{\{ \.Port \}\}$/m,
  );
  expect(section('backend instances')).toContain(
    'http-check send meth GET uri /health ver HTTP/1.1 hdr Host',
  );
});

test('no two servers have the same name, and each has one that HAProxy takes', () => {
  const [, format = '', replaced = ''] =
    /server \{\{ printf "([^"]+)" \.ID \.Node \| regexReplaceAll "([^"]+)" "_" \}\}/.exec(haproxy) ?? [];
  const nameOf = (id: string, node: string) =>
    format.replace('%s', id).replace('%s', node).replace(new RegExp(replaced, 'g'), '_');
  expect(nameOf('mysrv-pod-1-3000', 'consul-0')).toBe('mysrv-pod-1-3000.consul-0');
  expect(nameOf('mysrv-pod-1-3000', 'consul-1')).toBe('mysrv-pod-1-3000.consul-1');
  expect(nameOf('my service "a"/ü', 'n')).toMatch(/^[\w.:-]+$/);
});

test('the balancer is ready while an instance is', () => {
  expect(section('frontend operations')).toMatch(/nbsrv\(instances\) lt 1\n.*status 503 .*path \/ready/);
});
