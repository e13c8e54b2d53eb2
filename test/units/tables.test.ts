import { expect, test } from '@jest/globals';
import { splitKind } from '../../src/estate';
import { compile } from '../../src/schema/cel/compile';
import { parse } from '../../src/schema/cel/parser';
import { dyn } from '../../src/schema/cel/types';
import { Variables } from '../../src/schema/cel/variables';
import { openRegistry, packageImports } from '../../src/schema/registry';
import { healthExpressions, holdsData, readyWhenApplied } from '../../src/units/tables';

const registry = openRegistry([packageImports()]);
const variables = Variables.none.with('status', dyn).with('metadata', dyn).with('spec', dyn);

/** Groups whose CRDs are under licences that keep them out of the package. */
const notHere = /(^|\.)(k8s\.elastic\.co|fluxcd\.controlplane\.io)$/;

function evaluate(expression: string, status: object): unknown {
  return compile(parse(expression), variables).evaluate([status, { generation: 2 }, {}]);
}

function isCurrent(kind: string, status: object): unknown {
  return evaluate(healthExpressions[kind]?.current ?? '', status);
}

const kinds = Object.keys(healthExpressions);

test('the kinds of the tables exist', () => {
  const named = [...kinds, ...holdsData, ...readyWhenApplied];
  const unknown = named.filter((kind) => registry.info(...splitKind(kind)) === undefined);
  expect(unknown.filter((kind) => !notHere.test(splitKind(kind)[0]))).toEqual([]);
});

test('every field of a status that an expression looks at is in the schema of its kind', () => {
  const wrong = kinds.flatMap((kind) => {
    const known = statusFields(kind);
    const text = Object.values(healthExpressions[kind] ?? {}).join(' ');
    const used = [...text.matchAll(/(?<![.\w])status\.(\w+)/g)].map(([, field = '']) => field);
    return known.size === 0
      ? []
      : used.filter((field) => !known.has(field)).map((field) => `${kind} ${field}`);
  });
  expect(wrong).toEqual([]);
});

function statusFields(kind: string): ReadonlySet<string> {
  const [group, name] = splitKind(kind);
  const versions = registry.info(group, name)?.served ?? [];
  const fields = versions.flatMap((version) => {
    const schema = registry.kind(`${group}/${version}`, name);
    const status = schema?.root.properties?.['status'] ?? {};
    const node = status.$ref === undefined ? status : schema?.defs[status.$ref.slice('#/defs/'.length)];
    return Object.keys(node?.properties ?? {});
  });
  return new Set(fields);
}

test('nothing is as it should be, or has failed, before anybody looked at it', () => {
  const hasty = Object.entries(healthExpressions).flatMap(([kind, expression]) =>
    Object.values(expression)
      .filter((one: string) => evaluate(one, {}) !== false)
      .map((one: string) => `${kind} ${one}`),
  );
  expect(hasty).toEqual([]);
});

test('a condition has to be true, and of this generation where the status says which', () => {
  const conditions = (status: string) => [{ type: 'Ready', status }];
  expect(isCurrent('cert-manager.io/Certificate', { conditions: conditions('True') })).toBe(true);
  expect(isCurrent('cert-manager.io/Certificate', { conditions: conditions('False') })).toBe(false);
  const kafka = (observedGeneration: number) => ({ conditions: conditions('True'), observedGeneration });
  expect(isCurrent('kafka.strimzi.io/Kafka', kafka(2))).toBe(true);
  expect(isCurrent('kafka.strimzi.io/Kafka', kafka(1))).toBe(false);
});

test('phases, states and health tell good from bad', () => {
  const elasticsearch = 'elasticsearch.k8s.elastic.co/Elasticsearch';
  expect(isCurrent(elasticsearch, { phase: 'Ready', health: 'yellow' })).toBe(true);
  expect(isCurrent(elasticsearch, { phase: 'Ready', health: 'red' })).toBe(false);
  expect(evaluate(healthExpressions[elasticsearch]?.failed ?? '', { phase: 'Invalid' })).toBe(true);
  expect(isCurrent('flink.apache.org/FlinkDeployment', { lifecycleState: 'DEPLOYED' })).toBe(false);
  expect(isCurrent('flagger.app/Canary', { phase: 'Succeeded' })).toBe(true);
  expect(isCurrent('postgresql.cnpg.io/Pooler', { instances: 2, phase: 'failed' })).toBe(false);
  expect(isCurrent('postgresql.cnpg.io/Pooler', { instances: 2 })).toBe(true);
});

test('nobody waits for what is ready when it is applied', () => {
  expect(kinds.filter((kind) => readyWhenApplied.has(kind))).toEqual([]);
});
