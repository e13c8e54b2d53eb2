import {
  type ClusterEstate,
  type Edge,
  type ClusterInfo,
  type EstateObject,
  type External,
  type Unit,
} from '../estate';
import {
  append,
  groupOf,
  identityOf,
  isMap,
  listIn,
  mapIn,
  objectId,
  supportedKubernetes,
  textIn,
} from '../estate';
import { describeTarget, link } from '../link';
import type { SchemaRegistry } from '../schema/types';
import type { Ordered, UnitEdge } from '../units';
import { order, unitEdges } from '../units/order';
import type { FluxUnit } from './flux/units';
import type { Resource } from './kustomize/resource';

/** What a cluster is made from, once all is rendered. */
export interface ForeignCluster {
  readonly name: string;
  readonly units: readonly FluxUnit[];
  /** Where objects without a namespace go; Flux has no such place. */
  readonly defaultNamespace?: string;
}

/** A cluster of somebody else's as the rules look at it: linked, its units and their order as they stand. */
export function clusterOf(
  foreign: ForeignCluster,
  registry: SchemaRegistry,
  kubernetesVersion?: string,
): Ordered {
  const names = unitNames(foreign);
  const members = foreign.units.map((unit, index) => ({
    unit,
    name: names[index] as string,
    objects: unit.resources.map((resource) =>
      objectOf(resource, names[index] as string, foreign.defaultNamespace, registry),
    ),
  }));
  const objects = members.flatMap((member) => member.objects);
  const bare: ClusterEstate = {
    info: infoOf(foreign, objects, kubernetesVersion),
    objects,
    references: [],
    edges: [],
    units: [],
  };
  const linked = link(bare, registry);
  const byId = new Map(objects.map((object) => [object.id, object]));
  const units = members.map(({ unit, name, objects: own }) => unitOf(unit, name, own, names, foreign, byId));
  const cluster = { ...linked, units };
  return { cluster, cycles: cyclesOf(cluster, foreign, names) };
}

/** A unit is called as its Kustomization, with the namespace in front where two have the same name. */
function unitNames({ name: cluster, units }: ForeignCluster): string[] {
  const all = units.map(({ kustomization }) =>
    kustomization ? identityOf(kustomization.body).name : cluster,
  );
  return units.map(({ kustomization }, index) => {
    const name = all[index] as string;
    if (all.indexOf(name) === all.lastIndexOf(name)) return name;
    return kustomization ? `${identityOf(kustomization.body).namespace}/${name}` : `(${name})`;
  });
}

function objectOf(
  { body, frames, verbatim }: Resource,
  unit: string,
  defaultNamespace: string | undefined,
  registry: SchemaRegistry,
): EstateObject {
  const { apiVersion, kind, namespace } = identityOf(body);
  const namespaced = registry.info(groupOf(apiVersion), kind)?.namespaced;
  const metadata = isMap(body['metadata']) ? body['metadata'] : {};
  const { namespace: _, ...withoutNamespace } = metadata;
  // kustomize puts a namespace on kinds that have none; the API server does not mind.
  const surplus = namespaced === false && namespace !== undefined;
  const lacking = namespaced === true && namespace === undefined && defaultNamespace !== undefined;
  const placed = lacking
    ? { ...body, metadata: { ...metadata, namespace: defaultNamespace } }
    : surplus
      ? { ...body, metadata: withoutNamespace }
      : body;
  const origin = { construct: unit, frames };
  return { ...identityOf(placed), origin, chart: unit, ...(verbatim === undefined ? {} : { verbatim }) };
}

function unitOf(
  { kustomization }: FluxUnit,
  name: string,
  objects: readonly EstateObject[],
  names: readonly string[],
  { units }: ForeignCluster,
  byId: ReadonlyMap<string, EstateObject>,
): Unit {
  const spec = kustomization?.body['spec'];
  const checks = listIn(spec, 'healthChecks').flatMap((check) => {
    const [apiVersion = '', kind = '', own = ''] = ['apiVersion', 'kind', 'name'].map((field) =>
      textIn(check, field),
    );
    return byId.get(objectId(apiVersion, kind, textIn(check, 'namespace'), own)) ?? [];
  });
  return {
    name,
    chart: name,
    objects,
    prune: isMap(spec) && spec['prune'] === true,
    dependsOn: kustomization ? dependenciesOf(kustomization, units, names).map(({ unit }) => unit) : [],
    healthChecks: checks,
  };
}

interface Dependency {
  readonly unit: string;
  readonly index: number;
  readonly to: string;
}

function dependenciesOf(
  { body }: Resource,
  units: readonly FluxUnit[],
  names: readonly string[],
): Dependency[] {
  const { namespace } = identityOf(body);
  return listIn(body, 'spec', 'dependsOn').flatMap((entry, index) => {
    const id = objectId(
      'kustomize.toolkit.fluxcd.io/v1',
      'Kustomization',
      textIn(entry, 'namespace') ?? namespace,
      textIn(entry, 'name') ?? '',
    );
    const at = units.findIndex(({ kustomization: one }) => one && identityOf(one.body).id === id);
    return at < 0 ? [] : [{ unit: names[at] as string, index, to: id }];
  });
}

/** Circles of what Kustomizations say and what the API server insists on: neither unit would ever be applied. */
function cyclesOf(
  { references, units: all }: ClusterEstate,
  { units }: ForeignCluster,
  names: readonly string[],
): readonly (readonly UnitEdge[])[] {
  const unitOfObject = new Map(
    all.flatMap(({ name, objects }) => objects.map(({ id }) => [id, name] as const)),
  );
  const insisted = references.flatMap((reference): Edge[] => {
    const { from, to, strength, path, target, verdict } = reference;
    if (strength !== 'admission' || verdict !== 'present' || to === undefined) return [];
    if (target.kind === 'Namespace' && fromTheStart.has(target.name)) return [];
    return [{ from, to, strength, path, why: describeTarget(target) }];
  });
  const isMadeBy = makers(units, names, unitOfObject);
  const derived = unitEdges(insisted, (id) => unitOfObject.get(id)).filter(
    ({ from, to }) => !isMadeBy(from, to) && !isMadeBy(to, from),
  );
  return order([...names], [...declared(units, names), ...derived]).cycles;
}

/** A unit and the one that makes it are no circle: the rule about missing dependencies looks at these. */
function makers(
  units: readonly FluxUnit[],
  names: readonly string[],
  unitOfObject: ReadonlyMap<string, string>,
): (unit: string, by: string) => boolean {
  const makerOf = new Map(
    units.map(({ kustomization }, index) => {
      const id = kustomization && identityOf(kustomization.body).id;
      return [names[index] as string, id === undefined ? undefined : unitOfObject.get(id)];
    }),
  );
  const isMadeBy = (unit: string, by: string): boolean => {
    const maker = makerOf.get(unit);
    return maker !== undefined && maker !== unit && (maker === by || isMadeBy(maker, by));
  };
  return isMadeBy;
}

/** What units wait for, as their Kustomizations say. */
function declared(units: readonly FluxUnit[], names: readonly string[]): UnitEdge[] {
  return units.flatMap(({ kustomization }, index): UnitEdge[] => {
    if (!kustomization) return [];
    const from = identityOf(kustomization.body).id;
    return dependenciesOf(kustomization, units, names).map(({ unit, to, index: at }) => {
      const path = `spec.dependsOn[${at}].name`;
      const why = `Kustomization ${unit}`;
      return {
        from: names[index] as string,
        to: unit,
        edges: [{ from, to, strength: 'admission', path, why }],
      };
    });
  });
}

/** Namespaces of the cluster itself are there before anything else. */
const fromTheStart = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);

function infoOf(
  { name, units }: ForeignCluster,
  objects: readonly EstateObject[],
  kubernetesVersion = supportedKubernetes,
): ClusterInfo {
  return {
    name,
    profile: 'lean',
    kubernetesVersion,
    domain: 'cluster.local',
    source: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system', path: './' },
    networkPolicies: false,
    apiServer: { cidrs: ['0.0.0.0/0'], port: 6443 },
    dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, cidrs: [] },
    externals: [...outOfBand(objects), ...ownSource(units)],
  };
}

/** What most units are read from is this repository: whoever put it into the cluster need not have committed it. */
function ownSource(units: readonly FluxUnit[]): External[] {
  const uses = new Map<string, External[]>();
  for (const { kustomization, resources } of units) {
    if (!kustomization || resources.length === 0) continue;
    const { namespace = '' } = identityOf(kustomization.body);
    const source = mapIn(kustomization.body, 'spec', 'sourceRef');
    const kind = `source.toolkit.fluxcd.io/${textIn(source, 'kind')}`;
    const place = { namespace: textIn(source, 'namespace') ?? namespace, name: textIn(source, 'name') ?? '' };
    append(uses, [kind, place.namespace, place.name].join(), {
      kind,
      ...place,
      reason: 'it is this repository',
    });
  }
  const [most] = [...uses.values()].toSorted((left, right) => right.length - left.length);
  return most === undefined ? [] : most.slice(0, 1);
}

const credentials: readonly (readonly string[])[] = [
  ['secretRef', 'name'],
  ['certSecretRef', 'name'],
  ['proxySecretRef', 'name'],
  ['decryption', 'secretRef', 'name'],
  ['kubeConfig', 'secretRef', 'name'],
  ['verify', 'secretRef', 'name'],
];

/** Keys and tokens of Flux itself cannot come out of the repository that they open. */
function outOfBand(objects: readonly EstateObject[]): External[] {
  const secrets = new Map<string, External>();
  for (const { apiVersion, namespace, body } of objects) {
    if (!groupOf(apiVersion).endsWith('.toolkit.fluxcd.io')) continue;
    for (const path of credentials) {
      const name = textIn(body, 'spec', ...path);
      if (name === undefined) continue;
      const secret = { kind: 'Secret', name, reason: 'Flux reads it; it is put there by hand' };
      secrets.set(`${namespace}/${name}`, { ...secret, ...(namespace === undefined ? {} : { namespace }) });
    }
  }
  return [...secrets.values()];
}
