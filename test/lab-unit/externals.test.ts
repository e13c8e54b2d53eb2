import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/estate';
import { externalObjects } from '../../src/lab/externals';
import { openRegistry, packageImports } from '../../src/schema/registry';

const registry = openRegistry([packageImports()]);
const reason = 'a test';
const crd = 'apiextensions.k8s.io/CustomResourceDefinition';

function secret(): { [key: string]: string } {
  const generate = { key: 'base64:32', password: 'hex:24' } as const;
  const objects = externalObjects(
    { kind: 'Secret', namespace: 'shop', name: 'keys', reason, generate },
    registry,
  );
  expect(objects.map(({ kind, metadata }) => [kind, metadata])).toEqual([
    ['Namespace', { name: 'shop' }],
    ['Secret', { name: 'keys', namespace: 'shop' }],
  ]);
  return (objects[1] as { stringData: { [key: string]: string } }).stringData;
}

test('a Secret that may be made up has as many random bytes as it asks for, in its namespace', () => {
  const { key = '', password = '' } = secret();
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect(password).toMatch(/^[0-9a-f]{48}$/);
  expect(secret()['key']).not.toBe(key);
});

test('a CRD of a known kind is brought', () => {
  const [brought] = externalObjects({ kind: crd, name: 'certificates.cert-manager.io', reason }, registry);
  expect(brought?.['spec']).toMatchObject({ group: 'cert-manager.io', names: { kind: 'Certificate' } });
});

test('what nobody can know is left to whoever said so', () => {
  const unknown: JsonObject[] = [
    { kind: crd, name: 'things.example.com' },
    { kind: 'Secret', namespace: 'shop', name: 'card' },
    { kind: 'Host', name: 'example.com' },
  ];
  for (const external of unknown)
    expect(externalObjects({ ...external, reason } as never, registry)).toEqual([]);
});
