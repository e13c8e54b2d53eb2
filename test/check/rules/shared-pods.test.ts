import { expect, test } from '@jest/globals';
import { add, base, firing, texts } from '../support';

const worker = (labels: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: worker, namespace: data }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec:
      securityContext: { runAsNonRoot: true }
      containers:
        - name: worker
          image: ghcr.io/example/worker:1.4.2
          resources: { requests: { cpu: 50m, memory: 64Mi } }
          securityContext: { allowPrivilegeEscalation: false }`;

test('a workload that selects the pods of another one is found', () => {
  const broken = add(
    add(base(), 'one', worker('app: jobs')),
    'two',
    worker('app: jobs, part: mail').replace('name: worker, namespace', 'name: mail, namespace'),
  );
  expect(firing(broken)).toEqual(['shared-pods']);
  expect(texts(broken, 'shared-pods')).toEqual([
    expect.stringContaining('Deployment data/worker selects the pods of Deployment data/mail as well'),
  ]);
});

test('workloads that a label tells apart are fine', () => {
  expect(firing(add(base(), 'one', worker('app: jobs')))).toEqual([]);
});
