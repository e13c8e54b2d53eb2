import { Unavailable } from '@fluxwright/runtime';
import { testService } from '@fluxwright/runtime/testing';
import { expect, test } from '@jest/globals';
import type { Agent } from '../src/agent';
import { placeIn } from '../src/catalogue';
import { registrationOf } from '../src/registration';

const registration = registrationOf({
  name: 'mysrv',
  hostname: 'pod-1',
  address: '10.0.0.7',
  port: 3000,
  checkSeconds: 2,
  ttlSeconds: 15,
});

/** An agent that keeps its list in memory, and that a test can take away. */
function memoryAgent(url: string) {
  const services = new Set<string>();
  const state = { up: true };
  const answering = async <Result>(answer: () => Result): Promise<Result> => {
    if (!state.up) throw new Unavailable(`${url} was not answered`);
    return answer();
  };
  const agent: Agent = {
    url,
    register: ({ ID }) => answering(() => void services.add(ID)),
    deregister: (id) => answering(() => void services.delete(id)),
    pass: (check) => answering(() => services.has(check.replace(/:ttl$/, ''))),
  };
  return { agent, services, state };
}

function setUp() {
  const [one, two] = [memoryAgent('http://one'), memoryAgent('http://two')];
  return { one, two, place: placeIn([one.agent, two.agent], registration, testService().log) };
}

test('a service registers with the first agent, and stays', async () => {
  const { one, two, place } = setUp();
  await place.keep();
  await place.keep();
  expect([...one.services]).toEqual(['mysrv-pod-1-3000']);
  expect(two.services.size).toBe(0);
});

test('an agent that forgot the service is told again', async () => {
  const { one, place } = setUp();
  await place.keep();
  one.services.clear();
  await place.keep();
  expect(one.services.size).toBe(1);
});

test('when its agent is lost the next takes over, and the lost one forgets as soon as it is back', async () => {
  const { one, two, place } = setUp();
  await place.keep();
  one.state.up = false;
  await place.keep();
  expect(two.services.size).toBe(1);
  one.state.up = true;
  await place.keep();
  expect(one.services.size).toBe(0);
  expect(two.services.size).toBe(1);
});

test('while no agent answers it says so, and goes on when one is back', async () => {
  const { one, two, place } = setUp();
  await place.keep();
  one.state.up = two.state.up = false;
  await expect(place.keep()).rejects.toThrow(
    'no Consul agent answers: http://one was not answered; http://two was not answered',
  );
  one.state.up = true;
  await place.keep();
  expect(one.services.size).toBe(1);
});

test('a service that leaves is gone from every agent', async () => {
  const { one, two, place } = setUp();
  await place.keep();
  one.state.up = false;
  await place.keep();
  one.state.up = true;
  await place.leave();
  expect([one.services.size, two.services.size]).toEqual([0, 0]);
});

test('leaving does not wait for an agent that is away', async () => {
  const { one, two, place } = setUp();
  await place.keep();
  one.state.up = two.state.up = false;
  await expect(place.leave()).resolves.toBeUndefined();
});
