import { expect, test } from '@jest/globals';
import { createReadiness, type ReadinessReport } from '../src/readiness';

test('without needs it is ready', () => {
  expect(createReadiness().report()).toEqual({ ready: true, waitingFor: {} });
});

test('it is ready once every need is met', () => {
  const readiness = createReadiness();
  const kafka = readiness.need('kafka', 'connecting');
  const registry = readiness.need('registry', 'registering');
  kafka.met();
  expect(readiness.report()).toEqual({ ready: false, waitingFor: { registry: 'registering' } });
  registry.met();
  expect(readiness.report().ready).toBe(true);
});

test('a need that was met can be lost again, with a reason', () => {
  const readiness = createReadiness();
  const kafka = readiness.need('kafka', 'connecting');
  kafka.met();
  kafka.unmet('no broker answers');
  expect(kafka.isMet).toBe(false);
  expect(readiness.report().waitingFor).toEqual({ kafka: 'no broker answers' });
});

test('listeners hear of changes, and only of changes', () => {
  const readiness = createReadiness();
  const heard: ReadinessReport[] = [];
  readiness.onChange((report) => heard.push(report));
  const kafka = readiness.need('kafka', 'connecting');
  kafka.unmet('connecting');
  kafka.met();
  kafka.met();
  expect(heard.map(({ ready }) => ready)).toEqual([false, true]);
});
