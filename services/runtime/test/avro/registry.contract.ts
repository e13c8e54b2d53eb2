import { expect, test } from '@jest/globals';
import { IncompatibleSchema, schemaRegistry } from '../../src/avro/registry';
import { PoisonMessage, Unavailable } from '../../src/errors';

const schemaOf = (...fields: object[]) => JSON.stringify({ type: 'record', name: 'R', fields });
const text = { name: 'text', type: 'string' };
const more = { name: 'more', type: 'string' };

/** What every registry with Confluent's interface answers, as our client understands it. */
export function registryContract(addressOf: () => string): void {
  let subjects = 0;
  const newSubject = (): string => `subject ${process.pid}/${subjects++}`;

  test('a schema is registered once, and found by its subject and its id', async () => {
    const [registry, subject] = [schemaRegistry(addressOf()), newSubject()];
    expect(await registry.latest(subject)).toBeUndefined();
    const id = await registry.register(subject, schemaOf(text));
    expect(await registry.register(subject, schemaOf(text))).toBe(id);
    expect(await registry.register(newSubject(), schemaOf(text))).toBe(id);
    const latest = await registry.latest(subject);
    expect({ ...latest, schema: JSON.parse(latest?.schema ?? '') as unknown }).toEqual({
      id,
      schema: JSON.parse(schemaOf(text)) as unknown,
    });
    expect(JSON.parse(await registry.byId(id))).toEqual(JSON.parse(schemaOf(text)));
  });

  test('the newest schema of a subject is the latest', async () => {
    const [registry, subject] = [schemaRegistry(addressOf()), newSubject()];
    await registry.register(subject, schemaOf(text));
    const id = await registry.register(subject, schemaOf(text, { ...more, default: '' }));
    expect(await registry.latest(subject)).toMatchObject({ id });
  });

  test('what a level of compatibility forbids is incompatible', async () => {
    const [registry, subject] = [schemaRegistry(addressOf()), newSubject()];
    await registry.register(subject, schemaOf(text));
    await demand(addressOf(), subject, 'BACKWARD');
    await expect(registry.register(subject, schemaOf(text, more))).rejects.toThrow(IncompatibleSchema);
    await expect(registry.register(subject, schemaOf(text, more))).rejects.toThrow(/"error_code":409/);
    await demand(addressOf(), subject, 'NONE');
    expect(await registry.register(subject, schemaOf(text, more))).toBeGreaterThan(0);
  });

  test('what is no schema is refused', async () => {
    const registering = schemaRegistry(addressOf()).register(newSubject(), '{"type":"nothing"}');
    await expect(registering).rejects.toThrow(IncompatibleSchema);
    await expect(registering).rejects.toThrow(/"error_code":42201/);
  });

  test.each([2_147_483_647, 999_999])('nobody registered %d', async (id) => {
    await expect(schemaRegistry(addressOf()).byId(id)).rejects.toThrow(PoisonMessage);
  });

  test('at another path there is no registry, which says nothing of messages', async () => {
    const elsewhere = schemaRegistry(`${addressOf()}/elsewhere`);
    await expect(elsewhere.latest('a')).rejects.toThrow(Unavailable);
    await expect(elsewhere.register('a', schemaOf(text))).rejects.toThrow(Unavailable);
    await expect(elsewhere.byId(1)).rejects.toThrow(/answered 404.* is SCHEMA_REGISTRY_URL right\?/);
  });

  test('slashes at the end of its address change nothing', async () => {
    expect(await schemaRegistry(`${addressOf()}//`).latest(newSubject())).toBeUndefined();
  });
}

/** Sets the level of compatibility of a subject. */
export async function demand(address: string, subject: string, compatibility: string): Promise<void> {
  const response = await fetch(`${address}/config/${encodeURIComponent(subject)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ compatibility }),
  });
  expect(response.status).toBe(200);
}
