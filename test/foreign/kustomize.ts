import { spawnSync } from 'node:child_process';
import { coreGroups } from '../../src/estate';
import type { BuildContext } from '../../src/foreign/kustomize/build';
import { openRegistry, packageImports } from '../../src/schema/registry';
import type { Files } from './folder';

const registry = openRegistry([packageImports()]);

/** What is known while a folder is built. */
export const context: BuildContext = {
  isNamespaced: (group, kind) => (coreGroups.has(group) ? registry.info(group, kind)?.namespaced : undefined),
};

/** Whether the real tool is there to be compared with. */
export const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

/** A folder with some of everything that overlays change. */
export const base: Files = {
  'base/kustomization.yaml': `resources: [deployment.yaml, service.yaml, more]
configMapGenerator:
  - name: settings
    literals: [a=b, 'quoted="yes"', html=<a&b>]
    files: [app.conf, renamed.txt=app.conf]
    envs: [some.env]
secretGenerator:
  - name: token
    literals: [token=abc]
`,
  'base/app.conf': 'one\ntwo\n',
  'base/some.env': '# a comment\nFROM_FILE=1\n\nEMPTY=\n',
  'base/more/kustomization.yaml': 'namespace: tools\nresources: [account.yaml]\n',
  'base/more/account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata: { name: robot }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: robot }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: robot }, { kind: ServiceAccount, name: other, namespace: else }]
`,
  'base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { tier: front } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers: [{ name: setup, image: 'busybox:1.36' }]
      containers:
        - name: web
          image: registry.example.com:5000/team/web:1.0
          env: [{ name: A, value: '1' }, { name: B, value: '2' }]
          ports: [{ containerPort: 80, name: http }]
          envFrom: [{ configMapRef: { name: settings } }, { secretRef: { name: token } }]
        - { name: sidecar, image: sidecar }
      volumes: [{ name: data, emptyDir: {} }, { name: conf, configMap: { name: settings } }]
`,
  'base/service.yaml': `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, name: http }] }
`,
};
