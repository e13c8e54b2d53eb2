import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/estate';
import type { Ordered } from '../../../src/units';
import { add, base, firing, set } from '../support';

/** The estate, with a postBuild in the Kustomization of the unit shop. */
const withPostBuild =
  (postBuild: JsonObject) =>
  (ordered: Ordered): Ordered => {
    const objects = ordered.cluster.objects.map((object) => {
      if (object.kind !== 'Kustomization' || object.name !== 'shop') return object;
      return {
        ...object,
        body: { ...object.body, spec: { ...(object.body['spec'] as JsonObject), postBuild } },
      };
    });
    return { ...ordered, cluster: { ...ordered.cluster, objects } };
  };
const script = (text: string) => set(base(), 'ConfigMap shop/settings', 'data.script', text);
const adjust = withPostBuild({ substitute: { CLUSTER: 'test' } });

test.each([
  'echo ${HOSTNAME}',
  'echo ${HOSTNAME##*-}',
  'echo ${items[@]}',
  'echo ${HOSTNAME-none}',
  '${HOST:?}',
  'echo ${',
  '$$${HOSTNAME}',
])('%s is found', (text) => {
  expect(firing(script(text), { adjust })).toEqual(['substitution']);
});

test.each([
  'echo $HOSTNAME',
  'echo $${HOSTNAME##*-}',
  '${CLUSTER}',
  '${CLUSTER:0:2}',
  '${CLUSTER/t/x}',
  '${PORT:=80}',
  '${PORT:-80}',
  '$(id)',
  '{}',
])('%s is fine', (text) => {
  expect(firing(script(text), { adjust })).toEqual([]);
});

test('a unit without postBuild may hold any text', () => {
  expect(firing(script('echo ${HOSTNAME}'))).toEqual([]);
  expect(firing(script('echo ${HOSTNAME}'), { adjust: withPostBuild({}) })).toEqual([]);
});

test('an object may say that it is left alone', () => {
  const left = set(script('echo ${HOSTNAME}'), 'ConfigMap shop/settings', 'metadata.annotations', {
    'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
  });
  expect(firing(left, { adjust })).toEqual([]);
});

const from = (kind: string, name: string) => withPostBuild({ substituteFrom: [{ kind, name }] });

test('variables that a Secret brings are not known, those of a ConfigMap are', () => {
  expect(firing(script('echo ${HOSTNAME}'), { adjust: from('Secret', 'vars') })).toEqual([]);
  const vars =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars, namespace: flux-system }\ndata: { REGION: eu }';
  expect(
    firing(add(script('echo ${HOSTNAME}'), 'flux-system', vars), { adjust: from('ConfigMap', 'vars') }),
  ).toEqual(['substitution']);
  expect(
    firing(add(script('echo ${REGION}'), 'flux-system', vars), { adjust: from('ConfigMap', 'vars') }),
  ).toEqual([]);
});
