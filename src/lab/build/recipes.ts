import type { Binary } from '../binaries';
import { CERT_MANAGER, KUBE } from './programs';

/** How one program is built from what the Go module proxy has. */
export interface Recipe {
  /** The package of the program; nothing where its `main` is ours. */
  readonly package?: string;
  /** Modules at the versions that the lab was tried with. */
  readonly modules: Readonly<Record<string, string>>;
  /** Modules that others ask for in a version, or under a name, that the proxy does not serve. */
  readonly replace?: Readonly<Record<string, string>>;
  /** A program of our own around somebody's library. */
  readonly main?: string;
  /** Variables that the linker sets. */
  readonly variables?: Readonly<Record<string, string>>;
}

const KUBERNETES = '1.35.4';

/** The libraries that live in Kubernetes' own repository and are published apart. */
const STAGING = [
  'api',
  'apiextensions-apiserver',
  'apimachinery',
  'apiserver',
  'cli-runtime',
  'client-go',
  'cloud-provider',
  'cluster-bootstrap',
  'code-generator',
  'component-base',
  'component-helpers',
  'controller-manager',
  'cri-api',
  'cri-client',
  'csi-translation-lib',
  'dynamic-resource-allocation',
  'endpointslice',
  'externaljwt',
  'kms',
  'kube-aggregator',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubectl',
  'kubelet',
  'metrics',
  'mount-utils',
  'pod-security-admission',
  'sample-apiserver',
  'sample-cli-plugin',
  'sample-controller',
].map((name) => `k8s.io/${name}`);

const DIGEST = 'github.com/opencontainers/go-digest';

const KUSTOMIZE = {
  'sigs.k8s.io/kustomize/api': 'sigs.k8s.io/kustomize/api v0.21.1',
  'sigs.k8s.io/kustomize/kyaml': 'sigs.k8s.io/kustomize/kyaml v0.21.1',
};

/** Every program of a lab and how it is made. */
export const RECIPES: { readonly [program in Binary]: Recipe } = {
  etcd: {
    package: 'go.etcd.io/etcd/server/v3',
    modules: { 'go.etcd.io/etcd/server/v3': 'v3.6.16' },
  },
  kube: {
    main: KUBE,
    modules: {
      'k8s.io/kubernetes': `v${KUBERNETES}`,
      'k8s.io/component-base': staging(),
      'k8s.io/kubectl': staging(),
    },
    replace: Object.fromEntries(STAGING.map((module) => [module, `${module} ${staging()}`])),
    variables: {
      'k8s.io/component-base/version.gitVersion': `v${KUBERNETES}`,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': KUBERNETES.split('.')[1] ?? '',
    },
  },
  'source-controller': {
    package: 'github.com/fluxcd/source-controller',
    modules: {
      'github.com/fluxcd/source-controller': 'v1.9.5',
      'github.com/fluxcd/source-controller/api': 'v1.9.5',
    },
    replace: {
      [DIGEST]: `${DIGEST} v1.0.1-0.20220411205349-bde1400a84be`,
      'github.com/fluxcd/pkg/artifact': 'github.com/fluxcd/pkg/artifact v0.18.1',
    },
  },
  'kustomize-controller': {
    package: 'github.com/fluxcd/kustomize-controller',
    modules: {
      'github.com/fluxcd/kustomize-controller': 'v1.9.5',
      'github.com/fluxcd/kustomize-controller/api': 'v1.9.5',
    },
    replace: {
      [DIGEST]: `${DIGEST} v1.0.1-0.20220411205349-bde1400a84be`,
      'gopkg.in/yaml.v3': 'gopkg.in/yaml.v3 v3.0.1',
      ...KUSTOMIZE,
    },
  },
  'helm-controller': {
    package: 'github.com/fluxcd/helm-controller',
    modules: {
      'github.com/fluxcd/helm-controller': 'v1.6.4',
      'github.com/fluxcd/helm-controller/api': 'v1.6.4',
    },
    replace: { [DIGEST]: `${DIGEST} v1.0.1-0.20231025023718-d50d2fec9c98`, ...KUSTOMIZE },
  },
  coredns: {
    package: 'github.com/coredns/coredns',
    modules: { 'github.com/coredns/coredns': 'v1.15.0' },
  },
  kwok: {
    package: 'sigs.k8s.io/kwok/cmd/kwok',
    modules: { 'sigs.k8s.io/kwok': 'v0.8.0' },
  },
  'kube-router': {
    package: 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router',
    modules: { 'github.com/cloudnativelabs/kube-router/v2': 'v2.2.1' },
    replace: { 'github.com/cloudnativelabs/kube-router/v2': 'github.com/k3s-io/kube-router/v2 v2.2.1' },
  },
  'cert-manager': {
    main: CERT_MANAGER,
    modules: { 'github.com/cert-manager/cert-manager': 'v1.21.2', 'golang.org/x/sync': 'v0.22.0' },
  },
  'metrics-server': {
    package: 'sigs.k8s.io/metrics-server/cmd/metrics-server',
    modules: { 'sigs.k8s.io/metrics-server': 'v0.9.0' },
  },
};

function staging(): string {
  return `v0.${KUBERNETES.slice(2)}`;
}
