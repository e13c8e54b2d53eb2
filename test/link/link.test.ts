import { expect, test } from '@jest/globals';
import type { ClusterEstate, Edge } from '../../src/estate';
import { link } from '../../src/link';
import { openRegistry, packageImports } from '../../src/schema/registry';
import { draft } from '../check/support';

const registry = openRegistry([packageImports()]);

function linked(
  charts: { [chart: string]: string },
  externals: ClusterEstate['info']['externals'] = [],
): ClusterEstate {
  const { info, objects } = draft(charts, { externals });
  return link({ info, objects, references: [], edges: [], units: [] }, registry);
}

function edges(charts: { [chart: string]: string }): string[] {
  return linked(charts).edges.map(text);
}

function text({ from, to, strength, path }: Edge): string {
  return `${from} -> ${to} (${strength}, ${path})`;
}

const deployment = (pod: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { spec: ${pod} } }`;

const namespaceEdge = 'apps/Deployment/shop/web -> /Namespace//shop (admission, metadata.namespace)';
const namespace = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }`;

test('an object needs its Namespace', () => {
  expect(edges({ web: deployment('{}'), ns: namespace })).toEqual([namespaceEdge]);
});

test('a pod needs the keys, files and account that it names', () => {
  const pod = `{ serviceAccountName: runner, containers: [{ name: a, envFrom: [{ secretRef: { name: s } }] }], volumes: [{ name: v, configMap: { name: c } }] }`;
  const others = ['ServiceAccount runner', 'Secret s', 'ConfigMap c'].map((one) => {
    const [kind, name] = one.split(' ');
    return `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\n`;
  });
  const found = edges({ web: deployment(pod), others: others.join('---\n') }).filter((one) =>
    one.startsWith('apps/'),
  );
  expect(found).toEqual([
    'apps/Deployment/shop/web -> /ServiceAccount/shop/runner (start, spec.template.spec.serviceAccountName)',
    'apps/Deployment/shop/web -> /Secret/shop/s (start, spec.template.spec.containers[0].envFrom[0].secretRef.name)',
    'apps/Deployment/shop/web -> /ConfigMap/shop/c (start, spec.template.spec.volumes[0].configMap.name)',
  ]);
});

test('a custom resource needs whoever brings its CRD', () => {
  const operator = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: strimzi, namespace: flux-system }
spec: { url: 'oci://quay.io/strimzi-helm/strimzi-kafka-operator', ref: { tag: 1.2.0 } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: operator, namespace: kafka }
spec: { chartRef: { kind: OCIRepository, name: strimzi, namespace: flux-system } }`;
  const topic = `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: { name: t, namespace: kafka }`;
  expect(edges({ operator, topic })).toContain(
    'kafka.strimzi.io/KafkaTopic/kafka/t -> helm.toolkit.fluxcd.io/HelmRelease/kafka/operator (admission, apiVersion)',
  );
});

test('a host name in any text leads to what answers there, also in base64 and in what an operator makes', () => {
  const kafka = `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: erboh, namespace: kafka }`;
  const secret = `
apiVersion: v1
kind: Secret
metadata: { name: s, namespace: shop }
data: { url: ${Buffer.from('erboh-kafka-bootstrap.kafka.svc:9092').toString('base64')} }`;
  expect(edges({ kafka, secret })).toContain(
    '/Secret/shop/s -> kafka.strimzi.io/Kafka/kafka/erboh (runtime, data.url)',
  );
});

test('what somebody declared as external is present and gives no edge', () => {
  const pod = `{ containers: [{ name: a, envFrom: [{ secretRef: { name: card } }] }] }`;
  const external = { kind: 'Secret', namespace: 'shop', name: 'card', reason: 'made by hand' };
  const { references } = linked({ web: deployment(pod) }, [external]);
  const found = references.find(({ target }) => target.name === 'card');
  expect(found).toMatchObject({ verdict: 'present', strength: 'start' });
  expect(found?.to).toBeUndefined();
});

test('what nobody brings is absent, and what may be in a closed book is unknown', () => {
  const release = `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: vendor, namespace: elsewhere }
spec: { chart: { spec: { chart: some-vendor-chart, version: 1.0.0, sourceRef: { kind: HelmRepository, name: r } } } }`;
  const pod = `{ containers: [{ name: a, env: [{ name: A, value: x.shop.svc }, { name: B, value: y.elsewhere.svc }] }] }`;
  const { references } = linked({ web: deployment(pod), release });
  const verdicts = references
    .filter(({ target }) => target.kind === 'Service')
    .map(({ target, verdict }) => `${target.name} ${verdict}`);
  expect(verdicts).toEqual(['x absent', 'y unknown']);
});

test('an optional key is not waited for as if pods could not start', () => {
  const pod = `{ containers: [{ name: a, envFrom: [{ configMapRef: { name: c, optional: true } }] }] }`;
  const config = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: shop }`;
  expect(edges({ web: deployment(pod), config })).toContain(
    'apps/Deployment/shop/web -> /ConfigMap/shop/c (runtime, spec.template.spec.containers[0].envFrom[0].configMapRef.name)',
  );
});

test('what a webhook admits waits for whoever answers', () => {
  const webhook = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: guard }
webhooks:
  - name: guard.example.com
    failurePolicy: Fail
    clientConfig: { service: { name: guard, namespace: guard } }
    rules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
---
apiVersion: v1
kind: Service
metadata: { name: guard, namespace: guard }`;
  expect(edges({ web: deployment('{}'), webhook })).toContain(
    'apps/Deployment/shop/web -> /Service/guard/guard (admission, apiVersion)',
  );
});

test('links do not depend on the order in which objects were made', () => {
  const charts = {
    web: deployment('{ serviceAccountName: runner }'),
    account: 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: runner, namespace: shop }',
    ns: namespace,
  };
  const { info, objects } = draft(charts);
  const reversed = link(
    { info, objects: objects.toReversed(), references: [], edges: [], units: [] },
    registry,
  );
  expect(reversed.edges.map(text).sort()).toEqual(edges(charts).sort());
});
