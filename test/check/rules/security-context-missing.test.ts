import { expect, test } from '@jest/globals';
import { base, findingsOf, firing, set, texts } from '../support';

test('a container that says nothing of root and privileges is found', () => {
  const broken = set(base(), 'StatefulSet data/zookeeper', 'spec.template.spec.securityContext', undefined);
  expect(firing(broken)).toEqual(['security-context-missing']);
  const both = set(
    broken,
    'StatefulSet data/zookeeper',
    'spec.template.spec.containers[0].securityContext',
    undefined,
  );
  expect(texts(both, 'security-context-missing')).toEqual([
    expect.stringContaining(
      '→ write securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false }',
    ),
  ]);
});

test('it is a warning where little is asked', () => {
  const broken = set(
    base({ profile: 'lean' }),
    'StatefulSet data/zookeeper',
    'spec.template.spec.securityContext',
    undefined,
  );
  expect(findingsOf(broken)).toEqual([expect.objectContaining({ severity: 'warning' })]);
});

test('root on purpose is fine, and so is a namespace for privileged pods', () => {
  const said = { runAsUser: 0, allowPrivilegeEscalation: true };
  expect(
    firing(
      set(base(), 'StatefulSet data/zookeeper', 'spec.template.spec.containers[0].securityContext', said),
    ),
  ).toEqual([]);
  const broken = set(base(), 'StatefulSet data/zookeeper', 'spec.template.spec.securityContext', undefined);
  expect(
    firing(
      set(broken, 'Namespace data', 'metadata.labels', {
        'pod-security.kubernetes.io/enforce': 'privileged',
      }),
    ),
  ).toEqual([]);
});
