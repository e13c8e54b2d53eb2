import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { program as api } from '../../services/api/src/program';
import { program as consumer } from '../../services/ratings-consumer/src/program';
import { program as producer } from '../../services/ratings-producer/src/program';
import { schemaRegistry } from '../../services/runtime/src/avro/registry';
import { demand, registryContract } from '../../services/runtime/test/avro/registry.contract';
import { program as worker } from '../../services/worker/src/program';
import { missingForKafka, openKafka, type KafkaServer } from './kafka';
import { eventually, isReady, printed, started, type Started } from './programs';
import { openRegistry, type RegistryServer } from './registry';

let registry: RegistryServer;
let kafka: KafkaServer;
const missing = missingForKafka();

beforeAll(async () => {
  if (missing !== undefined) return;
  const opened = await openRegistry();
  if (typeof opened === 'string') throw new Error(opened);
  registry = opened;
  kafka = await openKafka();
  await Promise.all([registry.start(), kafka.start()]);
});
afterAll(async () => {
  await registry?.remove();
  await kafka?.remove();
});

if (missing === undefined) {
  registryContract(() => registry.url);
  avroTests();
} else test('without Java there is no real registry', () => expect(missing).toContain('Java 17'));

function avroTests(): void {
  const settings = (TOPIC: string) => ({
    BROKERS: kafka.bootstrap,
    SCHEMA_REGISTRY_URL: registry.url,
    TOPIC,
  });
  const log = ({ service }: Started): string => JSON.stringify(service.lines);

  test('ratings are Avro on their way from page to page', async () => {
    await kafka.createTopic('ratings');
    const [writing, reading] = [
      await started(producer, settings('ratings')),
      await started(consumer, settings('ratings')),
    ];
    await eventually(() => isReady(writing) && isReady(reading));
    expect((await writing.ask('/')).status).toBe(200);
    await eventually(async () => (await (await reading.ask('/')).text()).includes('id="read">20<'));
    const { id } = (await schemaRegistry(registry.url).latest('ratings-value')) ?? {};
    const [first] = await kafka.read('ratings', 1);
    expect([first?.[0], first?.readInt32BE(1)]).toEqual([0, id]);
    expect(String(first)).not.toContain('|');
  });

  test('messages of the api are Avro, and printed; while the registry is away they wait', async () => {
    await kafka.createTopic('avro');
    const publishing = await started(api, settings('avro'));
    await eventually(() => isReady(publishing));
    expect((await publishing.ask('/api/publish/hell%C3%B6', { method: 'POST' })).status).toBe(201);
    const elsewhere = { ...settings('avro'), SCHEMA_REGISTRY_URL: `${registry.url}/elsewhere` };
    const lost = await started(worker, { ...elsewhere, GROUP: 'lost' });
    await eventually(() => JSON.stringify(lost.service.readiness.report()).includes('SCHEMA_REGISTRY_URL'));
    expect(log(lost)).not.toContain('set aside');
    const reading = await started(worker, settings('avro'));
    await eventually(() => printed(reading).length > 0);
    expect(printed(reading)).toEqual(['hellö']);
  });

  test('malformed Avro is set aside with the reason, and the next message is printed', async () => {
    for (const topic of ['malformed', 'malformed.dead-letters']) await kafka.createTopic(topic, 1);
    const publishing = await started(api, settings('malformed'));
    await eventually(() => isReady(publishing));
    const { id = 0 } = (await schemaRegistry(registry.url).latest('malformed-value')) ?? {};
    const malformed = [
      [0, 0, 0],
      [0, 0, 0, 0, id, 40, 104],
      [0, 0, 0, 0, id, 3],
      [0, 0x7f, 0xff, 0xff, 0xff, 2, 104],
      [0, 0xff, 0xff, 0xff, 0xff, 2, 104],
    ].map((bytes) => Buffer.from(bytes));
    await kafka.publish('malformed', malformed);
    expect((await publishing.ask('/api/publish/next', { method: 'POST' })).status).toBe(201);
    const reading = await started(worker, settings('malformed'));
    await eventually(() => printed(reading).length > 0);
    expect(printed(reading)).toEqual(['next']);
    expect(await kafka.read('malformed.dead-letters', malformed.length)).toEqual(malformed);
    for (const reason of ['cut short', 'malformed Avro', 'schema 2147483647', '-1 is no id'])
      expect(log(reading)).toContain(reason);
  });

  test.each([
    ['FULL', ['text', 'more'], 'the registry refuses the schema of broken-FULL-value: {\\"error_code\\":409'],
    ['NONE', ['colour'], 'the schema of broken-NONE-value could not read what is in the topic'],
  ])('under %s a program ends whose schema would break readers', async (compatibility, names, reason) => {
    const subject = `broken-${compatibility}-value`;
    const fields = names.map((name) => ({ name, type: 'string' }));
    const other = JSON.stringify({ type: 'record', name: 'Message', namespace: 'fluxwright', fields });
    await schemaRegistry(registry.url).register(subject, other);
    await demand(registry.url, subject, compatibility);
    const publishing = await started(api, settings(`broken-${compatibility}`));
    await eventually(() => log(publishing).includes('cannot go on'));
    await publishing.service.stop();
    expect(publishing.service.exitCode()).toBe(1);
    expect(log(publishing)).toContain(reason);
  });

  test('a program that starts before its registry waits for it', async () => {
    await kafka.createTopic('late');
    await registry.kill();
    const publishing = await started(api, settings('late'));
    expect((await publishing.ask('/api/publish/hello', { method: 'POST' })).status).toBe(503);
    await registry.start();
    await eventually(() => isReady(publishing));
    expect((await publishing.ask('/api/publish/hello', { method: 'POST' })).status).toBe(201);
  });
}
