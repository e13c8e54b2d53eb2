import { expect, test } from '@jest/globals';
import type { Rule } from '../../src/check';
import { teamIsNamed } from '../../examples/own-rule/team-is-named';
import { add, base, findingsOf, firing, set } from './support';

const broken = set(base(), 'Service shop/api', 'spec.selector.app', 'x');
const annotated = (reason: string) =>
  set(broken, 'Service shop/api', 'metadata.annotations', {
    'ignore.fluxwright.dev/selects-nothing': reason,
  });

test('a rule is silenced for one object by a reason', () => {
  expect(firing(annotated('the pods are made by hand'))).toEqual([]);
});

test('without a reason it is not silenced', () => {
  expect(firing(annotated('  '))).toEqual(['selects-nothing']);
});

test('silencing one rule leaves the others', () => {
  const other = set(annotated('on purpose'), 'Service shop/api', 'spec.ports[0].port', 70_000);
  expect(firing(other)).toEqual(['core-validation']);
});

test('a project says how bad a rule is', () => {
  expect(findingsOf(broken, { settings: { severity: { 'selects-nothing': 'note' } } })).toEqual([
    expect.objectContaining({ severity: 'note' }),
  ]);
  expect(findingsOf(broken, { settings: { severity: { 'selects-nothing': 'off' } } })).toEqual([]);
});

test('a finding names the rule, the cluster, the object, the field and the line that made it', () => {
  expect(findingsOf(broken)[0]).toMatchObject({
    rule: 'selects-nothing',
    severity: 'error',
    cluster: 'test',
    object: { kind: 'Service', namespace: 'shop', name: 'api' },
    path: 'spec.selector',
    origin: { frames: [{ file: '/charts/shop.ts' }] },
  });
});

test('findings come in one order, errors first, whatever the order of objects', () => {
  const many = add(
    set(broken, 'Deployment shop/api', 'spec.replicas', 2),
    'shop',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: nowhere }',
  );
  const lean = { ...many, info: { ...many.info, profile: 'lean' as const } };
  const found = findingsOf(lean);
  expect(found.map(({ severity }) => severity)).toEqual(['error', 'error', 'warning']);
  expect(findingsOf({ ...lean, objects: lean.objects.toReversed() })).toEqual(found);
});

test('a project adds rules of its own, and silences them in the same way', () => {
  const settings = { add: [teamIsNamed] };
  expect(firing(base(), { settings })).toEqual(['team-is-named']);
  const named = ['shop', 'data', 'queuing'].reduce(
    (draft, name) => set(draft, `Namespace ${name}`, 'metadata.labels.team', 'platform'),
    base(),
  );
  expect(firing(named, { settings })).toEqual([]);
});

test('a rule without an object is about the cluster', () => {
  const rule: Rule = { ...teamIsNamed, check: () => [{ message: 'no', fix: 'yes' }] };
  expect(findingsOf(base(), { rules: [rule] })).toEqual([
    { rule: 'team-is-named', severity: 'warning', cluster: 'test', message: 'no', fix: 'yes' },
  ]);
});
