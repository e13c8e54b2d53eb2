import { expect, test } from '@jest/globals';
import { base, findingsOf, set, texts } from '../support';

test('what a closed chart may bring is a note, once for the release', () => {
  const closed = set(
    base(),
    'OCIRepository flux-system/strimzi',
    'spec.url',
    'oci://registry.example.com/nobody-knows',
  );
  const using = set(
    closed,
    'ConfigMap shop/settings',
    'data.other',
    'queue-admin.queuing.svc:80, queue-web.queuing.svc:80',
  );
  const notes = findingsOf(using).filter(({ rule }) => rule === 'unknown-reference');
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatchObject({
    severity: 'note',
    object: { kind: 'HelmRelease' },
    message: expect.stringContaining('Service queuing/queue-admin'),
  });
});

test('what is known of a chart is no note', () => {
  expect(texts(base(), 'unknown-reference')).toEqual([]);
});
