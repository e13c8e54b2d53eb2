import type { Files } from './folder';

const kustomization = (
  name: string,
  path: string,
  more = '',
): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  retryInterval: 2m
  path: ${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${more}`;

const list = (...resources: readonly string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources
    .map((one) => `  - ${one}\n`)
    .join('')}`;

/** What one cluster applies: controllers, what needs their CRDs, then an app with an overlay of its own. */
const cluster = (name: string): Files => ({
  [`clusters/${name}/flux-system/gotk-sync.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  ref:
    branch: main
  secretRef:
    name: flux-system
  url: ssh://git@git.example.com/team/fleet
---
${kustomization('flux-system', `./clusters/${name}`)}`,
  [`clusters/${name}/flux-system/kustomization.yaml`]: list('gotk-sync.yaml'),
  [`clusters/${name}/infrastructure.yaml`]: `${kustomization('controllers', './infrastructure/controllers', '  wait: true\n')}---
${kustomization('configs', './infrastructure/configs', '  dependsOn:\n    - name: controllers\n')}`,
  [`clusters/${name}/apps.yaml`]: kustomization(
    'apps',
    `./apps/${name}`,
    `  dependsOn:
    - name: configs
  postBuild:
    substitute:
      cluster: ${name}
    substituteFrom:
      - kind: ConfigMap
        name: settings
`,
  ),
  [`clusters/${name}/settings.yaml`]: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: flux-system
data:
  domain: ${name}.example.com
  replicas: "2"
`,
  [`apps/${name}/kustomization.yaml`]: `${list('../base/shop')}patches:
  - path: shop.yaml
`,
  [`apps/${name}/shop.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: shop
spec:
  replicas: \${replicas}
  template:
    spec:
      containers:
        - name: shop
          resources:
            requests: { cpu: 100m, memory: 64Mi }
`,
});

/** A repository as the guides of Flux teach it, with two clusters. Nothing is wrong with it. */
export const repository: Files = {
  ...cluster('production'),
  ...cluster('staging'),
  'infrastructure/controllers/kustomization.yaml': list('namespace.yaml', 'cert-manager.yaml'),
  'infrastructure/controllers/namespace.yaml':
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: cert-manager\n',
  'infrastructure/controllers/cert-manager.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: cert-manager
  namespace: cert-manager
spec:
  interval: 24h
  url: oci://quay.io/jetstack/charts/cert-manager
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  ref:
    tag: v1.20.1
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: cert-manager
  namespace: cert-manager
spec:
  interval: 12h
  chartRef:
    kind: OCIRepository
    name: cert-manager
  install:
    crds: CreateReplace
  upgrade:
    crds: CreateReplace
  values:
    crds:
      enabled: true
`,
  'infrastructure/configs/kustomization.yaml': list('issuer.yaml'),
  'infrastructure/configs/issuer.yaml': `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: letsencrypt
spec:
  acme:
    server: https://acme.example.com/directory
    privateKeySecretRef:
      name: letsencrypt-account
    solvers:
      - http01:
          ingress:
            ingressClassName: nginx
`,
  'apps/base/shop/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop
resources:
  - namespace.yaml
  - shop.yaml
  - password.yaml
configMapGenerator:
  - name: shop
    literals:
      - DOMAIN=\${domain}
      - CLUSTER=\${cluster}
`,
  'apps/base/shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
  'apps/base/shop/password.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: password
stringData:
  password: ENC[AES256_GCM,data:CwE4O1s=,iv:2k=,aad:o=,tag:w=,type:str]
sops:
  age:
    - recipient: age1example
      enc: text
  lastmodified: "2026-01-01T00:00:00Z"
  mac: ENC[AES256_GCM,data:abc=,iv:def=,aad:ghi=,tag:jkl=,type:str]
  version: 3.9.0
`,
  'apps/base/shop/shop.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 1
  selector:
    matchLabels: { app: shop }
  template:
    metadata:
      labels: { app: shop }
    spec:
      securityContext: { runAsNonRoot: true }
      containers:
        - name: shop
          image: registry.example.com/shop:1.2.3
          securityContext: { allowPrivilegeEscalation: false }
          readinessProbe:
            httpGet: { path: /health, port: http }
          ports:
            - name: http
              containerPort: 8080
          envFrom:
            - configMapRef: { name: shop }
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef: { name: password, key: password }
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector: { app: shop }
  ports:
    - name: http
      port: 80
      targetPort: http
`,
};
