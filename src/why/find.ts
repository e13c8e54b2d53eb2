import type { ClusterEstate, Estate, EstateObject } from '../estate';
import type { SchemaRegistry } from '../schema/types';

/** An object that somebody asked for, and the cluster that it is in. */
export interface FoundObject {
  readonly cluster: ClusterEstate;
  readonly object: EstateObject;
}

/** The short names that kubectl has taught everybody. */
const shortNames: { readonly [name: string]: string } = {
  cm: 'configmap',
  cronjobs: 'cronjob',
  deploy: 'deployment',
  ds: 'daemonset',
  hpa: 'horizontalpodautoscaler',
  hr: 'helmrelease',
  ing: 'ingress',
  ks: 'kustomization',
  netpol: 'networkpolicy',
  ns: 'namespace',
  pdb: 'poddisruptionbudget',
  po: 'pod',
  pvc: 'persistentvolumeclaim',
  sa: 'serviceaccount',
  sts: 'statefulset',
  svc: 'service',
};

/**
 * The objects that somebody means by `api`, `deploy/api`, `shop/deploy/api` or `Deployment shop/api`, in any
 * cluster of the estate.
 */
export function findObjects(estate: Estate, text: string, registry: SchemaRegistry): FoundObject[] {
  const words = text.trim().split(/[/\s]+/);
  const name = words.at(-1) ?? '';
  const others = words.slice(0, -1);
  return estate.clusters.flatMap((cluster) =>
    cluster.objects
      .filter(
        (object) => object.name === name && others.every((word) => isAbout(object, word, cluster, registry)),
      )
      .map((object) => ({ cluster, object })),
  );
}

function isAbout(
  object: EstateObject,
  word: string,
  cluster: ClusterEstate,
  registry: SchemaRegistry,
): boolean {
  return (
    object.namespace === word || cluster.info.name === word || isKind(object, word.toLowerCase(), registry)
  );
}

function isKind({ apiVersion, kind }: EstateObject, word: string, registry: SchemaRegistry): boolean {
  const [first = ''] = word.split('.');
  const wanted = shortNames[first] ?? first;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return kind.toLowerCase() === wanted || registry.info(group, kind)?.plural === wanted;
}
