import type { Recollection } from './memory';

/** A value that JSON can hold: the only thing a manifest may be made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object; the body of every Kubernetes object is one. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * The identity of an object inside one cluster, as text: `group/Kind/namespace/name`. The version is not a
 * part of it, the group of core kinds is empty, the namespace of cluster-scoped objects is empty.
 */
export type ObjectId = string;

/** One place in somebody's source code, counted from 1. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where an object comes from: its construct and the user's own lines that made it, innermost first. */
export interface Origin {
  readonly construct: string;
  readonly frames: readonly Frame[];
}

/** One Kubernetes object of the estate. */
export interface EstateObject {
  readonly id: ObjectId;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly body: JsonObject;
  readonly origin: Origin;
  /** The chart that it was written in: a unit's name follows from it. */
  readonly chart: string;
  /** The document exactly as somebody wrote it, where it has to pass through untouched (SOPS). */
  readonly verbatim?: string;
  /** What it brings besides itself, where its construct says so. */
  readonly provides?: readonly Provided[];
  /** True where the chart's own namespace was filled in, not written for this object. */
  readonly namespaceInherited?: boolean;
  /** What an earlier run has worked out from the same body, where somebody keeps it. */
  readonly recollection?: Recollection;
}

/**
 * How much an edge matters: without `admission` the API server refuses the object, without `start` its pods do
 * not start, without `runtime` they have nobody to talk to.
 */
export type Strength = 'admission' | 'start' | 'runtime';

/** One object needs another one. */
export interface Edge {
  readonly from: ObjectId;
  readonly to: ObjectId;
  readonly strength: Strength;
  /** The field of `from` that says so, e.g. `spec.template.spec.volumes[0].configMap.name`. */
  readonly path: string;
  /** What that field refers to, e.g. `ConfigMap app/settings` or `kafka.queuing.svc`. */
  readonly why: string;
}

/** What a reference names. A namespace is absent where the kind is cluster-scoped. */
export interface Target {
  /** The kind with its group: `Secret`, `cert-manager.io/Issuer`. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** The key inside a ConfigMap or Secret. */
  readonly key?: string;
  /** The port number of a host name, where it was written beside it. */
  readonly port?: number;
}

/**
 * `present`: it is there, or somebody said so. `absent`: it is not. `unknown`: it may be inside a chart or be
 * made by an operator that nobody has looked into.
 */
export type Verdict = 'present' | 'absent' | 'unknown';

/** A field that names another object, and what became of it. */
export interface Reference {
  readonly from: ObjectId;
  readonly path: string;
  readonly target: Target;
  readonly strength: Strength;
  readonly verdict: Verdict;
  /** The object of the estate that is or brings the target; absent where it is external or built in. */
  readonly to?: ObjectId;
  /** True where the pod or controller lives without it, or where it is only a guess that this is a reference. */
  readonly optional: boolean;
}

/** An object that another one brings: a chart's Service, an operator's Secret. */
export interface Provided {
  /** The kind with its group: `Service`, `apiextensions.k8s.io/CustomResourceDefinition`. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What somebody else brings: declared, with a reason. */
export interface External {
  /** A kind (`Secret`, `kafka.strimzi.io/Kafka`) or `Host`. `*` as a name or namespace stands for any. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly reason: string;
  /** The keys of a Secret that whoever sets the cluster up may make up, once. */
  readonly generate?: { readonly [key: string]: Generated };
}

/** Random bytes: how they are written, and how many. */
export type Generated = `base64:${number}` | `hex:${number}`;

/** A connection that no manifest shows: the client learns the address while it runs, e.g. from a registry. */
export interface DeclaredConnection {
  readonly client: { readonly namespace: string; readonly name: string };
  /** The host name and port of the Service in front of the server. */
  readonly endpoint: string;
}

/** How much is asked of what runs on a cluster. */
export type Profile = 'lean' | 'ha';

/** Where Flux gets a cluster's folder from. */
export interface ClusterSource {
  readonly kind: 'GitRepository' | 'OCIRepository';
  readonly name: string;
  readonly namespace: string;
  /** The folder of the cluster inside the source, e.g. `./dist/kind`. */
  readonly path: string;
  /** The address of the artifact, where the source is an OCI repository. */
  readonly url?: string;
}

/** The Kubernetes that is meant where none is said: the one whose API the checks know. */
export const supportedKubernetes = '1.35';

/** What a cluster is: everything that the stages after construction may know of it. */
export interface ClusterInfo {
  readonly name: string;
  readonly profile: Profile;
  readonly kubernetesVersion: string;
  /** The DNS domain of the cluster's services, `cluster.local` for most. */
  readonly domain: string;
  readonly storageClass?: string;
  readonly source: ClusterSource;
  /** The Secret with the keys that decrypt SOPS documents. */
  readonly decryptionSecret?: string;
  readonly networkPolicies: boolean;
  /** CIDRs and port of the API server, as pods see it after the Service's translation. */
  readonly apiServer: { readonly cidrs: readonly string[]; readonly port: number };
  /** Where the cluster's DNS answers. */
  readonly dns: {
    readonly namespace: string;
    readonly podLabels: { readonly [key: string]: string };
    readonly cidrs: readonly string[];
  };
  readonly externals: readonly External[];
  readonly connections?: readonly DeclaredConnection[];
}

/** One Flux Kustomization and the folder that it applies. */
export interface Unit {
  readonly name: string;
  readonly chart: string;
  readonly objects: readonly EstateObject[];
  /** False for the one unit whose objects Flux must never delete. */
  readonly prune: boolean;
  /** The names of the units that have to be applied once before this one is. */
  readonly dependsOn: readonly string[];
  /** The objects that other units wait for. */
  readonly healthChecks: readonly EstateObject[];
}

/** One cluster's share of the estate. Each stage fills in what the previous ones left empty. */
export interface ClusterEstate {
  readonly info: ClusterInfo;
  readonly objects: readonly EstateObject[];
  readonly references: readonly Reference[];
  readonly edges: readonly Edge[];
  readonly units: readonly Unit[];
}

/** Everything there is, as plain data. */
export interface Estate {
  readonly clusters: readonly ClusterEstate[];
}

/** The output: path relative to the output folder, with forward slashes → text. */
export type FileTree = ReadonlyMap<string, string>;

export type Severity = 'error' | 'warning' | 'note';

/** Something that is wrong: what, where, and what to write instead. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
  readonly cluster?: string;
  readonly object?: Pick<EstateObject, 'id' | 'apiVersion' | 'kind' | 'namespace' | 'name'>;
  /** The field, e.g. `spec.replicas` or `spec.containers[0].image`. */
  readonly path?: string;
  readonly origin?: Origin;
}
