import { pause } from '@fluxwright/runtime';
import { testService } from '@fluxwright/runtime/testing';
import { expect, test } from '@jest/globals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { followSchema } from '../src/schema';

test('the frontend is ready once all services have answered, and takes up what is new', async () => {
  const service = testService('frontend');
  const schemas = [
    buildSchema('type Query { a: Int }'),
    buildSchema('type Query { a: Int }'),
    buildSchema('type Query { b: Int }'),
  ];
  const seen: GraphQLSchema[] = [];
  const load = async (): Promise<GraphQLSchema> => schemas.shift() ?? silence();
  const following = followSchema(service, {
    load,
    onChange: (schema) => void seen.push(schema),
    everySeconds: 0.001,
  });
  while (seen.length < 2) await pause(1, service.stopping);
  expect(service.readiness.report()).toEqual({ ready: true, waitingFor: {} });
  await service.stop();
  await following;
  expect(seen.map((schema) => Object.keys(schema.getQueryType()?.getFields() ?? {}))).toEqual([['a'], ['b']]);
});

test('until then it says whom it waits for', async () => {
  const service = testService('frontend');
  const following = followSchema(service, { load: silence, onChange: () => undefined, everySeconds: 1 });
  await pause(1, service.stopping);
  expect(service.readiness.report().waitingFor).toEqual({ schema: 'orders does not answer' });
  await service.stop();
  await following;
});

async function silence(): Promise<GraphQLSchema> {
  throw new Error('orders does not answer');
}
