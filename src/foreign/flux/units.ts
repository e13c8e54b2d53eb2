import { resolve } from 'node:path';
import type { Finding, Frame, JsonObject } from '../../estate';
import { identityOf, kindOf, listIn, mapIn, objectId, textIn, textMapIn } from '../../estate';
import { fieldFrame } from '../../why';
import { build, type BuildContext, buildWith } from '../kustomize/build';
import { commonMetadata } from '../kustomize/labels';
import { BuildError, type Built, type Remote, type Resource, withBody } from '../kustomize/resource';
import { folderOfUnit, type Sources } from './source';
import { substitute, unknownValue, type Variables } from './substitute';

/** What one Kustomization of Flux applies. */
export interface FluxUnit {
  /** Its Kustomization; none for the folder where Flux begins. */
  readonly kustomization?: Resource;
  readonly resources: readonly Resource[];
}

/** All that Flux reads from one folder on. */
export interface FluxTree {
  readonly units: readonly FluxUnit[];
  /** What keeps units from being built. */
  readonly findings: readonly Finding[];
  /** What nobody has looked at: other repositories, other addresses. */
  readonly remote: readonly Remote[];
  /** Every file that was read for an object. */
  readonly files: ReadonlySet<string>;
}

/** Follow the Kustomizations from a folder to all that they apply. */
export function fluxTree(entry: string, sources: Sources, context: BuildContext): FluxTree {
  const walk: Walk = {
    units: [],
    findings: [],
    remote: [],
    files: new Set(),
    sources,
    context,
    known: new Set(),
  };
  let waiting = kustomizationsOf(begin(walk, entry));
  // A unit whose variables come from another one is built after that; what is left at last has to do without them.
  for (let last = false; waiting.length > 0;) {
    const later: Resource[] = [];
    const found: Resource[] = [];
    for (const one of waiting) {
      if (!last && !hasVariables(one, walk)) later.push(one);
      else found.push(...kustomizationsOf(addUnit(walk, one)));
    }
    last = found.length === 0 && later.length === waiting.length;
    waiting = [...later, ...found];
  }
  return walk;
}

/** The first folder: the unit of the Kustomization that applies itself, or one without any. */
function begin(walk: Walk, entry: string): readonly Resource[] {
  const first = attempt(walk, () => build(entry, walk.context), undefined);
  if (!first) return [];
  const own = kustomizationsOf(first.resources).find(({ body }) => {
    const place = folderOfUnit(mapIn(body, 'spec'), walk.sources, first.resources);
    return typeof place === 'object' && 'folder' in place && resolve(place.folder) === resolve(entry);
  });
  if (own) return addUnit(walk, own);
  // Where nothing leads, nobody applies what lies beside a Kustomization.
  const resources = walk.sources.isUnused ? kustomizationsOf(first.resources) : first.resources;
  add(walk, { resources }, first.remote);
  return resources;
}

interface Walk {
  readonly units: FluxUnit[];
  readonly findings: Finding[];
  readonly remote: Remote[];
  readonly files: Set<string>;
  readonly sources: Sources;
  readonly context: BuildContext;
  readonly known: Set<string>;
}

function kustomizationsOf(resources: readonly Resource[]): Resource[] {
  return resources.filter(
    ({ body }) => kindOf(identityOf(body)) === 'kustomize.toolkit.fluxcd.io/Kustomization',
  );
}

function add(walk: Walk, unit: FluxUnit, remote: readonly Remote[]): void {
  walk.units.push(unit);
  walk.remote.push(...remote);
  for (const { frames } of unit.resources) for (const { file } of frames) walk.files.add(file);
}

/** Build what a Kustomization applies; gives what is in it. */
function addUnit(walk: Walk, kustomization: Resource): readonly Resource[] {
  const { id } = identityOf(kustomization.body);
  if (walk.known.has(id)) return [];
  walk.known.add(id);
  const spec = mapIn(kustomization.body, 'spec');
  const all = walk.units.flatMap(({ resources }) => resources);
  const place = folderOfUnit(spec, walk.sources, all);
  const frameOf = (path: string): Frame => frameIn(kustomization, path);
  if (place === 'elsewhere') {
    const address = `${textIn(spec, 'sourceRef', 'kind')} ${textIn(spec, 'sourceRef', 'name')}`;
    add(walk, { kustomization, resources: [] }, [{ address, frame: frameOf('spec.sourceRef.name') }]);
    return [];
  }
  if ('missing' in place) {
    walk.findings.push(finding(missing(place.missing, frameOf('spec.path')), kustomization));
    return [];
  }
  const { folder } = place;
  const built = attempt(
    walk,
    () =>
      buildWith(
        build(folder, walk.context),
        spec,
        { folder, frameOf: (path) => frameOf(`spec.${path}`) },
        walk.context,
      ),
    kustomization,
  );
  if (!built) return [];
  const resources = finished(built.resources, kustomization, walk);
  add(walk, { kustomization, resources }, built.remote);
  return resources;
}

/** Flux's own labels and annotations, then its variables. */
function finished(resources: readonly Resource[], kustomization: Resource, walk: Walk): readonly Resource[] {
  const labelled = commonMetadata(resources, mapIn(kustomization.body, 'spec', 'commonMetadata'));
  const variables = variablesOf(kustomization, walk);
  if (!variables) return labelled;
  return labelled.map((one) => withBody(one, substitute(one.body, variables)));
}

interface VariableSource {
  readonly optional: boolean;
  readonly found: Resource | undefined;
}

function variableSources({ body }: Resource, walk: Walk): VariableSource[] {
  const { namespace } = identityOf(body);
  return listIn(body, 'spec', 'postBuild', 'substituteFrom').map((source) => {
    const id = objectId('v1', textIn(source, 'kind') ?? '', namespace, textIn(source, 'name') ?? '');
    const all = walk.units.flatMap(({ resources }) => resources);
    const found = all.find((one) => identityOf(one.body).id === id);
    return { optional: mapIn(source)['optional'] === true, found };
  });
}

function hasVariables(kustomization: Resource, walk: Walk): boolean {
  return variableSources(kustomization, walk).every(({ found }) => found !== undefined);
}

/** What a Kustomization substitutes; undefined where it does not. */
function variablesOf(kustomization: Resource, walk: Walk): Variables | undefined {
  const sources = variableSources(kustomization, walk);
  const own = mapIn(kustomization.body, 'spec', 'postBuild', 'substitute');
  const isUnused = walk.sources.isUnused === true;
  if (sources.length === 0 && Object.keys(own).length === 0 && !isUnused) return undefined;
  const values = new Map<string, string>();
  for (const { found } of sources) for (const [name, value] of valuesOf(found?.body)) values.set(name, value);
  for (const [name, value] of Object.entries(own))
    if (typeof value !== 'object') values.set(name, String(value));
  const all = sources.every(({ found, optional }) => found !== undefined || optional);
  return { values, complete: all && !isUnused };
}

function valuesOf(body: JsonObject | undefined): [name: string, value: string][] {
  const isSecret = body?.['kind'] === 'Secret';
  const plain = Object.entries(textMapIn(body, isSecret ? 'stringData' : 'data'));
  const encoded = isSecret ? Object.entries(textMapIn(body, 'data')) : [];
  return [
    ...encoded.map(([name, value]): [string, string] => [name, readable(value, decoded)]),
    ...plain.map(([name, value]): [string, string] => [name, readable(value, (text) => text)]),
  ];
}

/** What SOPS encrypted only the cluster can read. */
function readable(value: string, decode: (text: string) => string): string {
  return value.startsWith('ENC[') ? unknownValue : decode(value);
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

function attempt(walk: Walk, make: () => Built, kustomization: Resource | undefined): Built | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    walk.findings.push(finding(error, kustomization));
    return undefined;
  }
}

function missing(path: string, frame: Frame): BuildError {
  return new BuildError(
    `there is no folder ${path} in this repository`,
    frame,
    'mend the path: it is relative to the root of the repository',
  );
}

/** One finding for what keeps a unit from being built: Flux applies nothing of it. */
export function finding(
  { rule, message, frame, fix }: BuildError,
  kustomization: Resource | undefined,
): Finding {
  const frames = [frame, ...(kustomization?.frames ?? [])];
  const identity = kustomization && identityOf(kustomization.body);
  const object = identity && {
    id: identity.id,
    apiVersion: identity.apiVersion,
    kind: identity.kind,
    name: identity.name,
    ...(identity.namespace === undefined ? {} : { namespace: identity.namespace }),
  };
  return {
    rule,
    severity: 'error',
    message,
    fix,
    ...(object ? { object } : {}),
    origin: { construct: '', frames },
  };
}

function frameIn({ frames }: Resource, path: string): Frame {
  return fieldFrame({ origin: { construct: '', frames } }, path) ?? (frames[0] as Frame);
}
