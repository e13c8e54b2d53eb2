import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, IsNamespaced, JsonObject } from '../../estate';
import { listIn, mapIn, textIn } from '../../estate';
import { generate, type Generator } from './generators';
import { commonAnnotations, commonLabels, labelEntry } from './labels';
import { addHashes, followNames, type NameReference, nameReferences, rename } from './names';
import { setNamespace } from './namespace';
import { applyPatch, type Patch, readPatch } from './patch';
import { entriesOf, type KustomizationFile, kustomizationIn, readKustomization, readResources } from './read';
import { realBuild } from './real';
import {
  BuildError,
  type Built,
  isRemote,
  isSame,
  nameOf,
  type Remote,
  type Resource,
  Unsupported,
} from './resource';
import { setImages, setReplicas } from './scale';

/** What building needs to know. */
export interface BuildContext {
  readonly isNamespaced: IsNamespaced;
  /** Whether charts of a kustomization.yaml are rendered, which Flux never does: then they are not looked at. */
  readonly withCharts?: true;
  /** The folders that lead to the one that is built. */
  readonly within?: readonly string[];
  /** Whether the real tool is asked for each folder that needs it, rather than once for all. */
  readonly inParts?: true;
}

/**
 * What `kustomize build` makes of a folder, or Flux of one without a kustomization.yaml. What is not built in is
 * left to the real tool, where it is installed.
 *
 * @throws BuildError with the line to mend
 */
export function build(folder: string, context: BuildContext): Built {
  try {
    const layer = accumulate(folder, { ...context, within: [resolve(folder)] });
    return { resources: followNames(addHashes(layer.resources), layer.references), remote: layer.remote };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    const built = realBuild(folder);
    if (!built) throw error;
    // What one part would have to fetch says nothing of the others; but `vars` go through all of them.
    const isDivisible = error.what !== 'vars' && !context.inParts;
    return built.remote.length > 0 && isDivisible ? (inParts(folder, context) ?? built) : built;
  }
}

/** What the parts of a folder make, one by one; undefined where one needs what is not here. */
function inParts(folder: string, context: BuildContext): Built | undefined {
  try {
    return build(folder, { ...context, inParts: true });
  } catch (error) {
    if (!(error instanceof BuildError) || error.rule === 'yaml') throw error;
    return undefined;
  }
}

interface Layer {
  resources: readonly Resource[];
  readonly remote: Remote[];
  readonly references: NameReference[];
}

function accumulate(folder: string, context: BuildContext): Layer {
  const file = kustomizationIn(folder);
  const layer: Layer = { resources: [], remote: [], references: [] };
  if (!file) {
    for (const entry of entriesOf(folder))
      addEntry(layer, entry, { file: entry, line: 1, column: 1 }, context);
    return layer;
  }
  fill(layer, readKustomization(file, folder), context);
  return layer;
}

/** What a kustomization.yaml adds and changes, in the order of kustomize. */
function fill(layer: Layer, kustomization: KustomizationFile, context: BuildContext): void {
  const { body, folder } = kustomization;
  if (context.withCharts) layer.remote.push(...charts(kustomization));
  refuseUnknown(kustomization, context.withCharts ? ofCharts : new Set());
  for (const [entry, frame] of entries(kustomization, 'resources', 'bases'))
    addPath(layer, entry, kustomization, frame, context);
  for (const [path, frame] of entries(kustomization, 'configurations'))
    layer.references.push(...configuration(join(folder, path), frame));
  layer.resources = generators(kustomization).reduce(
    (all, generator) => generate(all, generator, mapIn(body, 'generatorOptions'), layer.remote.length === 0),
    layer.resources,
  );
  for (const [entry, frame] of entries(kustomization, 'components'))
    addComponent(layer, entry, folder, frame, context);
  transform(layer, kustomization, context);
}

const ofCharts = new Set(['helmCharts', 'helmGlobals', 'helmChartInflationGenerator']);

/** What helm would have to fetch. */
function charts({ body, frameOf }: KustomizationFile): Remote[] {
  return listIn(body['helmCharts']).map((chart, index) => {
    const [name = '', repository = 'a folder'] = [textIn(chart, 'name'), textIn(chart, 'repo')];
    return { address: `chart ${name} of ${repository}`, frame: frameOf(`helmCharts[${index}]`) };
  });
}

/** Fields whose meaning is not built in. */
const beyond = ['vars', 'replacements', 'transformers', 'generators', 'validators', ...ofCharts];

function refuseUnknown({ body, frameOf }: KustomizationFile, except: ReadonlySet<string>): void {
  const field = beyond.find(
    (name) =>
      !except.has(name) && (listIn(body[name]).length > 0 || Object.keys(mapIn(body[name])).length > 0),
  );
  if (field !== undefined) throw new Unsupported(field, frameOf(field));
  const fields = listIn(body['labels']).findIndex((entry) => listIn(mapIn(entry)['fields']).length > 0);
  if (fields >= 0) throw new Unsupported('labels.fields', frameOf(`labels[${fields}].fields`));
}

function entries(
  { body, frameOf }: KustomizationFile,
  ...fields: readonly string[]
): [entry: string, frame: Frame][] {
  return fields.flatMap((field) =>
    listIn(body[field]).flatMap((entry, index): [string, Frame][] =>
      typeof entry === 'string' ? [[entry, frameOf(`${field}[${index}]`)]] : [],
    ),
  );
}

function addPath(
  layer: Layer,
  entry: string,
  { folder }: KustomizationFile,
  frame: Frame,
  context: BuildContext,
): void {
  if (isRemote(entry)) layer.remote.push({ address: entry, frame });
  else addEntry(layer, join(folder, entry), frame, context);
}

function addEntry(layer: Layer, path: string, frame: Frame, context: BuildContext): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new BuildError(`there is no ${path}`, frame, 'mend the path, or leave it out');
  if (!stats.isDirectory()) return addResources(layer, readResources(path).map(checked), frame);
  if (!kustomizationIn(path))
    throw new BuildError(`${path} has no kustomization.yaml`, frame, 'make one there, or list its files');
  const within = entering(path, context, frame);
  const inner = context.inParts ? part(path, within) : accumulate(path, within);
  layer.remote.push(...inner.remote);
  layer.references.push(...inner.references);
  addResources(layer, inner.resources, frame);
}

/** No folder may lead back to one that leads to it. */
function entering(folder: string, context: BuildContext, frame: Frame): BuildContext {
  const { within = [] } = context;
  const place = resolve(folder);
  if (within.includes(place)) throw new BuildError(`${folder} leads back to itself`, frame, 'leave it out');
  return { ...context, within: [...within, place] };
}

function part(folder: string, context: BuildContext): Layer {
  try {
    return accumulate(folder, context);
  } catch (error) {
    const built = error instanceof Unsupported ? realBuild(folder) : undefined;
    if (!built) throw error;
    return { resources: built.resources, remote: [...built.remote], references: [] };
  }
}

/** A manifest says its kind and name; without them neither kustomize nor Flux knows what to do with it. */
function checked(resource: Resource): Resource {
  const { kind, metadata } = resource.body;
  const { name, generateName } = mapIn(metadata);
  if (typeof kind === 'string' && (typeof name === 'string' || typeof generateName === 'string'))
    return resource;
  throw new BuildError(
    typeof kind === 'string' ? `a ${kind} has no metadata.name` : 'a document has no kind: it is no manifest',
    resource.frames[0] as Frame,
    'mend it, or move the file out of what is applied',
  );
}

function addResources(layer: Layer, added: readonly Resource[], frame: Frame): void {
  for (const one of added) {
    const name = nameOf(one);
    if (layer.resources.some((other) => isSame(nameOf(other), name)))
      throw new BuildError(`${name.kind} ${name.name} comes in twice`, frame, 'leave one of the two out');
  }
  layer.resources = [...layer.resources, ...added];
}

/** A component changes what is there, as if its fields stood in the kustomization.yaml that names it. */
function addComponent(layer: Layer, entry: string, base: string, frame: Frame, context: BuildContext): void {
  if (isRemote(entry)) return void layer.remote.push({ address: entry, frame });
  const folder = join(base, entry);
  const file = kustomizationIn(folder);
  if (!file)
    throw new BuildError(`there is no component in ${folder}`, frame, 'mend the path, or leave it out');
  fill(layer, readKustomization(file, folder), entering(folder, context, frame));
}

function configuration(file: string, frame: Frame): NameReference[] {
  const [resource] = readResources(file);
  const others = Object.keys(resource?.body ?? {}).filter(
    (key) => key !== 'nameReference' && key !== 'varReference',
  );
  if (others.length > 0) throw new Unsupported(`configurations with ${others.join(', ')}`, frame);
  return nameReferences(resource?.body ?? {});
}

function generators({ body, folder, frameOf }: KustomizationFile): Generator[] {
  const of = (field: string, kind: Generator['kind']): Generator[] =>
    listIn(body[field]).map((entry, index) => ({
      kind,
      entry: mapIn(entry),
      folder,
      frame: frameOf(`${field}[${index}]`),
    }));
  return [...of('configMapGenerator', 'ConfigMap'), ...of('secretGenerator', 'Secret')];
}

/** The transformers in the order of kustomize. */
function transform(layer: Layer, kustomization: KustomizationFile, context: BuildContext): void {
  const { body } = kustomization;
  const patched = patchesOf(layer, kustomization).reduce(
    (all, patch) => applyPatch(all, patch, layer.remote.length === 0),
    [...layer.resources],
  );
  const namespace = textIn(body['namespace']) ?? '';
  const placed = namespace === '' ? patched : setNamespace(patched, namespace, context.isNamespaced);
  const named = rename(placed, textIn(body['namePrefix']) ?? '', textIn(body['nameSuffix']) ?? '');
  const labelled = listIn(body['labels']).reduce<Resource[]>(
    (all, entry) => labelEntry(all, mapIn(entry)),
    commonLabels(named, mapIn(body['commonLabels'])),
  );
  const annotated = commonAnnotations(labelled, mapIn(body['commonAnnotations']));
  const scaled = setReplicas(annotated, listIn(body['replicas']));
  layer.resources = setImages(scaled, listIn(body['images']));
}

/** The patches of a layer; those with an address are not looked at. */
function patchesOf({ remote }: Layer, { body, folder, frameOf }: KustomizationFile): Patch[] {
  return ['patchesStrategicMerge', 'patches', 'patchesJson6902'].flatMap((field) =>
    listIn(body[field]).flatMap((entry, index) => {
      const text = textIn(entry);
      const isInline = text?.includes('\n') === true;
      const whole = text === undefined ? entry : isInline ? { patch: text } : { path: text };
      const [frame, address] = [frameOf(`${field}[${index}]`), textIn(whole, 'path')];
      if (address === undefined || !isRemote(address)) return [readPatch(whole, folder, frame)];
      remote.push({ address, frame });
      return [];
    }),
  );
}

/** What Flux adds to what a folder makes: the fields of its Kustomization that kustomize knows, and its own metadata. */
export function buildWith(
  built: Built,
  spec: JsonObject,
  place: { readonly folder: string; readonly frameOf: (path: string) => Frame },
  context: BuildContext,
): Built {
  const layer: Layer = {
    resources: built.resources.map((one) => ({ ...one, earlier: [] })),
    remote: [...built.remote],
    references: [],
  };
  const { folder, frameOf } = place;
  for (const [entry, frame] of entries({ file: '', body: spec, folder, frameOf }, 'components')) {
    if (spec['ignoreMissingComponents'] === true && !kustomizationIn(join(folder, entry))) continue;
    addComponent(layer, entry, folder, frame, context);
  }
  const { targetNamespace, namePrefix, nameSuffix, images, patches } = spec;
  const fields = { namespace: targetNamespace, namePrefix, nameSuffix, images, patches };
  const body = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as JsonObject;
  transform(layer, { file: '', folder, body, frameOf }, context);
  return { resources: followNames(layer.resources, layer.references), remote: layer.remote };
}
