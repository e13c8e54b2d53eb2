import { reasonOf, Unavailable } from '@fluxwright/runtime';
import { expect, test } from '@jest/globals';
import { graphqlClient, Refusal } from '../src';

const answering = (status: number, body: unknown) =>
  graphqlClient('payments', 'http://payments/graphql', async () => Response.json(body, { status })).ask(
    '{ x }',
    {},
  );

const error = (code: string) => ({ data: null, errors: [{ message: 'not enough', extensions: { code } }] });

test('the answer is the data', async () => {
  expect(await answering(200, { data: { x: 1 } })).toEqual({ x: 1 });
});

test('a refusal of the other service is a refusal here', async () => {
  await expect(answering(200, error('PAYMENT_DECLINED'))).rejects.toEqual(
    new Refusal('PAYMENT_DECLINED', 'not enough'),
  );
});

test.each(['UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED'])(
  '%s says nothing about what was asked',
  async (code) => {
    await expect(answering(200, error(code))).rejects.toThrow(Unavailable);
  },
);

test.each([
  ['an error of the server', 502, 'bad gateway'],
  ['an answer that is no object of GraphQL', 200, { hello: 'world' }],
  ['an error without a code', 200, { errors: [{ message: 'hm' }] }],
])('%s is no answer', async (_, status, body) => {
  await expect(answering(status, body)).rejects.toThrow(Unavailable);
});

const partly = (body: unknown) =>
  graphqlClient('the shop', 'http://shop/graphql', async () => Response.json(body)).askPartly('{ x }', {});

test('for something to look at, what is away is null', async () => {
  const order = { id: 1, payments: null };
  expect(await partly({ ...error('UNAVAILABLE'), data: { order } })).toEqual({ order });
});

test.each([
  ['nothing is left', { ...error('UNAVAILABLE'), data: { order: null } }],
  ['there is no data at all', error('UNAVAILABLE')],
  ['something else went wrong', { ...error('INTERNAL_SERVER_ERROR'), data: { order: { id: 1 } } }],
])('but it is no answer when %s', async (_, body) => {
  await expect(partly(body)).rejects.toThrow(Unavailable);
});

test('silence is no answer; why it was silent is for the log, and not for customers', async () => {
  const client = graphqlClient('payments', 'http://payments/graphql', () =>
    Promise.reject(new Error('ECONNREFUSED')),
  );
  const error = await client.ask('{ x }', {}).catch((thrown: unknown) => thrown);
  expect(error).toEqual(new Unavailable('payments does not answer'));
  expect(reasonOf(error)).toBe('payments does not answer: ECONNREFUSED');
});
