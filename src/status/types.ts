import type { EstateObject, Finding, ObjectId } from '../estate';

/** What is wrong with one object, in the cluster's own words. */
export interface Trouble {
  /** The word that Kubernetes or Flux has for it: `ImagePullBackOff`, `DependencyNotReady`. */
  readonly reason: string;
  readonly message: string;
  readonly fix?: string;
  /** The object that it is about, where that is another than the one that was looked at. */
  readonly object?: ObjectId;
  /** The field of it, e.g. `spec.template.spec.containers[0].image`. */
  readonly path?: string;
  /** What may be the reason: where one of these is in trouble, that has to be mended first. */
  readonly because?: readonly ObjectId[];
  /** Whether this has to be mended even if something that the object needs is sick too. */
  readonly isCertain?: boolean;
  /** Whether nobody has given up on it yet: it may come by itself. */
  readonly isProgressing?: boolean;
}

/** The object that somebody has to look at, and what waits for it. */
export interface Cause {
  /** `error` where something is broken, `note` where it is on its way. */
  readonly finding: Finding;
  readonly stops: readonly Stopped[];
}

/** An object that is not Ready for another one's sake. */
export interface Stopped {
  readonly object: string;
  readonly message: string;
}

/** How a cluster is, beside how the estate says that it should be. */
export interface ClusterStatus {
  /** The cluster of the estate; absent where nothing says what should be there. */
  readonly cluster?: string;
  /** What the root source has, e.g. `main@sha1:…`. */
  readonly revision?: string;
  readonly units: { readonly total: number; readonly ready: number };
  readonly causes: readonly Cause[];
  /** What is Ready and yet not as it should be: suspended, changed by hand, behind. */
  readonly warnings: readonly Finding[];
  readonly isReady: boolean;
}

/** An object as people and findings name it. */
export type Named = Pick<EstateObject, 'id' | 'apiVersion' | 'kind' | 'namespace' | 'name'>;
