import { expect, test } from '@jest/globals';
import { found, linked } from './found';

test('a KafkaUser belongs to the Kafka of its label, and whoever uses its Secret waits for it', () => {
  const yaml = `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: erboh, namespace: queuing }
spec: { kafka: { listeners: [{ name: tls, port: 9093, type: internal, tls: true }] } }
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: { name: registry, namespace: queuing, labels: { strimzi.io/cluster: erboh } }
spec: { authentication: { type: tls } }
---
apiVersion: registry.apicur.io/v1
kind: ApicurioRegistry3
metadata: { name: schemas, namespace: queuing }
spec:
  app:
    storage:
      type: kafkasql
      kafkasql:
        bootstrapServers: erboh-kafka-bootstrap.queuing.svc:9093
        tls:
          keystoreSecretRef: { name: registry, key: user.p12 }
          truststoreSecretRef: { name: erboh-cluster-ca-cert, key: ca.p12 }`;
  expect(found(yaml)).toEqual([
    'metadata.labels["strimzi.io/cluster"] -> kafka.strimzi.io/Kafka queuing/erboh: present by Kafka erboh, runtime',
    'spec.app.storage.kafkasql.bootstrapServers -> Service queuing/erboh-kafka-bootstrap: present by Kafka erboh, runtime',
    'spec.app.storage.kafkasql.tls.keystoreSecretRef.name -> Secret queuing/registry: present by KafkaUser registry, start',
    'spec.app.storage.kafkasql.tls.truststoreSecretRef.name -> Secret queuing/erboh-cluster-ca-cert: present by Kafka erboh, start',
  ]);
});

test('a ScaledObject needs what it scales, of the kind that it says, and its credentials', () => {
  const yaml = `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: a, namespace: shop }
spec:
  scaleTargetRef: { name: worker, kind: StatefulSet, apiVersion: apps/v1 }
  triggers: [{ type: kafka, metadata: {}, authenticationRef: { name: queue } }]
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: { name: queue, namespace: shop }
spec: { secretTargetRef: [{ parameter: ca, name: erboh, key: ca.crt }] }`;
  expect(found(yaml)).toEqual([
    'spec.scaleTargetRef.name -> apps/StatefulSet shop/worker: absent, runtime',
    'spec.triggers[0].authenticationRef.name -> keda.sh/TriggerAuthentication shop/queue: present by TriggerAuthentication queue, start',
    'spec.secretTargetRef[0].name -> Secret shop/erboh: absent, start',
  ]);
});

test('a route needs its Gateway and its Services, also in other namespaces', () => {
  const yaml = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec: { gatewayClassName: istio, listeners: [{ name: web, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: public, namespace: edge }]
  rules: [{ backendRefs: [{ name: api, port: 80 }, { name: login, namespace: users, port: 80 }] }]`;
  expect(found(yaml)).toEqual([
    'spec.gatewayClassName -> gateway.networking.k8s.io/GatewayClass istio: absent, optional',
    'spec.parentRefs[0].name -> gateway.networking.k8s.io/Gateway edge/public: present by Gateway public, runtime',
    'spec.rules[0].backendRefs[0].name -> Service shop/api: absent, runtime',
    'spec.rules[0].backendRefs[1].name -> Service users/login: absent, runtime',
  ]);
});

test('Istio names gateways with their namespace, all sidecars as mesh, and Services by short names', () => {
  const yaml = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web]
  gateways: [edge/public, mesh]
  http: [{ route: [{ destination: { host: api } }, { destination: { host: login.users.svc.cluster.local } }] }]`;
  expect(found(yaml)).toEqual([
    'spec.gateways[0] -> networking.istio.io/Gateway edge/public: absent, runtime',
    'spec.http[0].route[0].destination.host -> Service shop/api: absent, optional',
    'spec.http[0].route[1].destination.host -> Service users/login: absent, runtime',
  ]);
});

test('a database needs its store of backups, and what it makes has the keys that are known', () => {
  const yaml = `
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: backups, namespace: shop }
spec: { configuration: { destinationPath: s3://a, s3Credentials: { accessKeyId: { name: s3, key: id } } } }
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: orders, namespace: shop }
spec: { instances: 3, plugins: [{ name: barman-cloud.cloudnative-pg.io, parameters: { barmanObjectName: backups } }] }
---
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: daily, namespace: shop }
spec: { cluster: { name: orders } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: shop }
data: { url: 'orders-ro.shop.svc:5432' }`;
  expect(found(yaml)).toEqual([
    'spec.configuration.s3Credentials.accessKeyId.name -> Secret shop/s3: absent, start',
    'spec.plugins[0].parameters.barmanObjectName -> barmancloud.cnpg.io/ObjectStore shop/backups: present by ObjectStore backups, start',
    'spec.cluster.name -> postgresql.cnpg.io/Cluster shop/orders: present by Cluster orders, start',
    'data.url -> Service shop/orders-ro: present by Cluster orders, runtime',
  ]);
});

test('a consumer needs the stream by the name that it has in NATS', () => {
  const yaml = `
apiVersion: jetstream.nats.io/v1beta2
kind: Stream
metadata: { name: orders, namespace: queuing }
spec: { name: ORDERS, subjects: [orders.*] }
---
apiVersion: jetstream.nats.io/v1beta2
kind: Consumer
metadata: { name: worker, namespace: queuing }
spec: { streamName: ORDERS }`;
  expect(found(yaml)).toEqual([
    'spec.streamName -> jetstream.nats.io/Stream queuing/ORDERS: present by Stream orders, optional',
  ]);
});

test('values of a release wait for what they name where it is there, in the namespace that it installs to', () => {
  const yaml = `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: grafana, namespace: flux-system }
spec:
  targetNamespace: monitoring
  values:
    admin: { existingSecret: admin }
    persistence: { existingClaim: data }
    envFromSecrets: [{ secretRef: { name: database } }]
    tls: { secretName: true }
---
apiVersion: v1
kind: Secret
metadata: { name: admin, namespace: monitoring }`;
  expect(found(yaml)).toEqual([
    'spec.values.admin.existingSecret -> Secret monitoring/admin: present by Secret admin, optional',
    'spec.values.persistence.existingClaim -> PersistentVolumeClaim monitoring/data: unknown by HelmRelease grafana, optional',
    'spec.values.envFromSecrets[0].secretRef.name -> Secret monitoring/database: unknown by HelmRelease grafana, optional',
  ]);
  const edges = linked(yaml).edges.filter(({ path }) => path.startsWith('spec.'));
  expect(edges.map(({ to, strength }) => `${to} ${strength}`)).toEqual(['/Secret/monitoring/admin runtime']);
});

test('a guess at what another release may bring makes nobody wait', () => {
  const release = (name: string, values: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: monitoring }
spec: { values: ${values} }`;
  const yaml = [release('other', '{}'), release('web', '{ existingSecret: other-admin }')].join('\n---');
  expect(found(yaml)).toEqual([
    'spec.values.existingSecret -> Secret monitoring/other-admin: unknown by HelmRelease other, optional',
  ]);
  expect(linked(yaml).edges).toEqual([]);
});

test('of charts that nobody knows, the one is taken for the bringer that is called like what is brought', () => {
  const release = (name: string, chart: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: ${name} }
spec: { chart: { spec: { chart: ${chart}, version: 1.0.0, sourceRef: { kind: HelmRepository, name: all } } } }`;
  const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { storageClassName: longhorn-fast }`;
  for (const name of ['longhorn', 'storage']) {
    const yaml = [release('ingress', 'some-proxy'), release(name, 'longhorn'), claim].join('\n---');
    expect(found(yaml)).toContain(
      `spec.storageClassName -> storage.k8s.io/StorageClass longhorn-fast: unknown by HelmRelease ${name}, start`,
    );
  }
});

test('a set of resources may bring anything, so what is named elsewhere is unknown, not absent', () => {
  const yaml = `
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: tenants, namespace: flux-system }
---
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop }
spec: { containers: [{ name: a, envFrom: [{ secretRef: { name: s } }] }] }`;
  expect(found(yaml)).toEqual([
    'spec.containers[0].envFrom[0].secretRef.name -> Secret shop/s: unknown by ResourceSet tenants, start',
  ]);
});
