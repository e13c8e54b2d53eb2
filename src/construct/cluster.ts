import { ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import {
  type ClusterInfo,
  type DeclaredConnection,
  type External,
  type Profile,
  supportedKubernetes,
} from '../estate';
import { fluxNamespace, namespacesUnit, rootUnit } from './defaults';

/** The levels of Kubernetes' Pod Security Standards. */
export type PodSecurity = 'privileged' | 'baseline' | 'restricted';

/** What a cluster is. */
export interface ClusterProps {
  /**
   * How much is asked of what runs there: `ha` makes errors of what `lean` only warns about.
   *
   * @default 'lean'
   */
  readonly profile?: Profile;
  /** @default '1.35' */
  readonly kubernetesVersion?: string;
  /** @default 'cluster.local' */
  readonly domain?: string;
  /**
   * The StorageClass that claims ask for by name.
   *
   * @default - the cluster's own default
   */
  readonly storageClass?: string;
  /**
   * Where Flux gets the cluster's folder from: the Git repository it was bootstrapped with, or an OCI artifact
   * of this cluster alone.
   *
   * @default { git: './dist/<name>' }
   */
  readonly source?: { readonly git: string } | { readonly oci: string };
  /**
   * The Secret in `flux-system` with the keys for SOPS documents.
   *
   * @default 'sops-age'
   */
  readonly decryptionSecret?: string;
  /**
   * Close every namespace whose pods are all known, and open what is used in the cluster and nothing more.
   *
   * @default false
   */
  readonly networkPolicies?: boolean;
  /**
   * The API server as pods reach it, for network policies.
   *
   * @default - any address, port 6443
   */
  readonly apiServer?: { readonly cidrs: readonly string[]; readonly port: number };
  /**
   * Where DNS answers, for network policies: pods by their labels, or addresses outside the pod network.
   *
   * @default - pods labelled k8s-app=kube-dns in kube-system
   */
  readonly dns?: Partial<ClusterInfo['dns']>;
}

/** What is known of a Namespace besides its name. */
export interface NamespaceProps {
  readonly podSecurity?: PodSecurity;
  readonly labels?: { readonly [key: string]: string };
}

/**
 * One cluster that Flux watches, and its folder `dist/<name>/`.
 *
 * @example
 * const cluster = new Cluster(app, 'production', { profile: 'ha' });
 * new Kafka(cluster);
 */
export class Cluster extends Construct {
  readonly name: string;
  readonly #props: ClusterProps;
  readonly #externals: External[] = [];
  readonly #connections: DeclaredConnection[] = [];

  constructor(scope: Construct, id: string, props: ClusterProps = {}) {
    super(scope, id);
    this.name = id;
    this.#props = props;
  }

  /** The cluster that a construct belongs to. */
  static of(construct: IConstruct): Cluster {
    const found = Cluster.tryOf(construct);
    if (!found) throw new Error(`${construct.node.path} is not inside a Cluster: make it a child of one`);
    return found;
  }

  /** The cluster that a construct belongs to, if any. */
  static tryOf(construct: IConstruct): Cluster | undefined {
    return construct.node.scopes.find((scope): scope is Cluster => scope instanceof Cluster);
  }

  get profile(): Profile {
    return this.#props.profile ?? 'lean';
  }

  get domain(): string {
    return this.#props.domain ?? 'cluster.local';
  }

  get storageClass(): string | undefined {
    return this.#props.storageClass;
  }

  /** Have a Namespace; asked for twice, it is the same one, with the labels of both. */
  namespace(name: string, props: NamespaceProps = {}): ApiObject {
    const namespaces = this.#chart(namespacesUnit);
    const object =
      (namespaces.node.tryFindChild(name) as ApiObject | undefined) ??
      new ApiObject(namespaces, name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    for (const [key, value] of namespaceLabels(props)) object.metadata.addLabel(key, value);
    return object;
  }

  /** The chart of what Flux itself reads: sources, shared where they are equal. */
  get sources(): Chart {
    return this.#chart(rootUnit);
  }

  /** Say that something comes from elsewhere; see `external`. */
  addExternal(external: External): void {
    this.#externals.push(external);
  }

  /** Say that a workload talks to a Service; see `connects`. */
  addConnection(connection: DeclaredConnection): void {
    this.#connections.push(connection);
  }

  /** Everything that the stages after construction know of this cluster. */
  get info(): ClusterInfo {
    const {
      storageClass,
      apiServer,
      dns,
      networkPolicies = false,
      kubernetesVersion = supportedKubernetes,
    } = this.#props;
    return {
      name: this.name,
      profile: this.profile,
      kubernetesVersion,
      domain: this.domain,
      ...(storageClass === undefined ? {} : { storageClass }),
      source: this.#source(),
      decryptionSecret: this.#props.decryptionSecret ?? 'sops-age',
      networkPolicies,
      apiServer: apiServer ?? { cidrs: ['0.0.0.0/0'], port: 6443 },
      dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, cidrs: [], ...dns },
      externals: this.#externals,
      connections: this.#connections,
    };
  }

  #source(): ClusterInfo['source'] {
    const source = this.#props.source ?? { git: `./dist/${this.name}` };
    const namespace = fluxNamespace;
    if ('oci' in source)
      return { kind: 'OCIRepository', name: 'estate', namespace, path: '.', url: source.oci };
    return { kind: 'GitRepository', name: fluxNamespace, namespace, path: source.git };
  }

  #chart(id: string): Chart {
    const found = this.node.tryFindChild(id) as Chart | undefined;
    return found ?? new Chart(this, id, { disableResourceNameHashes: true });
  }
}

function namespaceLabels(props: NamespaceProps): [string, string][] {
  const labels = Object.entries(props.labels ?? {});
  if (props.podSecurity === undefined) return labels;
  return [['pod-security.kubernetes.io/enforce', props.podSecurity], ...labels];
}
