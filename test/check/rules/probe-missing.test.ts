import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

const probe = 'spec.template.spec.containers[0].readinessProbe';

test('a container with ports and without readiness is found', () => {
  expect(firing(set(base(), 'Deployment shop/api', probe, undefined))).toEqual(['probe-missing']);
});

test('one without ports needs none', () => {
  const quiet = set(
    set(base(), 'StatefulSet data/zookeeper', probe, undefined),
    'StatefulSet data/zookeeper',
    'spec.template.spec.containers[0].ports',
    undefined,
  );
  expect(texts(quiet, 'probe-missing')).toEqual([]);
});
