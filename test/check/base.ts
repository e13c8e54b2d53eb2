/**
 * A small estate in which nothing is wrong, by the chart that each part is written in. Tests break one thing of it.
 */
export const baseEstate: { readonly [chart: string]: string } = {
  namespaces: `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { pod-security.kubernetes.io/enforce: restricted }
---
apiVersion: v1
kind: Namespace
metadata: { name: data }
---
apiVersion: v1
kind: Namespace
metadata: { name: queuing }
`,
  'flux-system': `
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: strimzi, namespace: flux-system }
spec:
  interval: 1h
  url: oci://quay.io/strimzi-helm/strimzi-kafka-operator
  ref: { tag: 1.2.0 }
`,
  shop: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data:
  log-level: info
  brokers: kafka-kafka-bootstrap.queuing.svc.cluster.local:9092
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: api, namespace: shop }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules:
  - { apiGroups: [''], resources: [configmaps], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
  - { kind: ServiceAccount, name: api, namespace: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api, tier: web } }
    spec:
      serviceAccountName: api
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: api
          image: ghcr.io/example/api:1.4.2
          ports: [{ name: http, containerPort: 3000 }]
          env:
            - { name: LEVEL, valueFrom: { configMapKeyRef: { name: settings, key: log-level } } }
          readinessProbe: { httpGet: { path: /health, port: http } }
          livenessProbe: { httpGet: { path: /health, port: http } }
          resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { memory: 128Mi } }
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop, labels: { app: api } }
spec:
  selector: { app: api }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: api } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec:
  minReplicas: 2
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
  metrics:
    - { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { tier: web } } }]
---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate-3f9a12c4, namespace: shop }
spec:
  template:
    spec:
      restartPolicy: Never
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: migrate
          image: ghcr.io/example/api:1.4.2
          resources: { requests: { cpu: 50m, memory: 64Mi } }
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
`,
  zookeeper: `
apiVersion: v1
kind: Service
metadata: { name: zookeeper-headless, namespace: data }
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: { app: zookeeper }
  ports: [{ name: client, port: 2181, targetPort: client }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: zookeeper, namespace: data }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: zookeeper } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: zookeeper, namespace: data }
spec:
  replicas: 3
  serviceName: zookeeper-headless
  podManagementPolicy: Parallel
  selector: { matchLabels: { app: zookeeper } }
  template:
    metadata: { labels: { app: zookeeper } }
    spec:
      enableServiceLinks: false
      securityContext: { runAsNonRoot: true, runAsUser: 1000 }
      containers:
        - name: zookeeper
          image: zookeeper:3.9.5
          ports: [{ name: client, containerPort: 2181 }]
          readinessProbe: { exec: { command: [sh, -c, echo srvr | nc localhost 2181 | grep Mode] } }
          livenessProbe: { exec: { command: [sh, -c, echo ruok | nc localhost 2181 | grep imok] } }
          resources: { requests: { cpu: 50m, memory: 512Mi } }
          securityContext: { allowPrivilegeEscalation: false }
          volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        resources: { requests: { storage: 1Gi } }
`,
  kafka: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: strimzi, namespace: queuing }
spec:
  interval: 1h
  chartRef: { kind: OCIRepository, name: strimzi, namespace: flux-system }
  install: { crds: CreateReplace }
  upgrade: { crds: CreateReplace }
  values: { watchAnyNamespace: true }
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: { name: dual, namespace: queuing, labels: { strimzi.io/cluster: kafka } }
spec:
  replicas: 3
  roles: [controller, broker]
  storage: { type: jbod, volumes: [{ id: 0, type: persistent-claim, size: 10Gi, kraftMetadata: shared }] }
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: kafka, namespace: queuing }
spec:
  kafka:
    version: 4.3.1
    listeners: [{ name: plain, port: 9092, type: internal, tls: false }]
`,
};
