import { isMap, type JsonObject, textIn } from '../../estate';
import { nearest } from '../../schema/nearest';
import type { KustomizationFile } from './read';
import { BuildError } from './resource';

const lists =
  'resources bases components crds configMapGenerator secretGenerator patches patchesStrategicMerge patchesJson6902 ' +
  'images imageTags replicas replacements vars labels configurations generators transformers validators helmCharts ' +
  'helmChartInflationGenerator buildMetadata';
const maps = 'metadata openapi commonLabels commonAnnotations generatorOptions helmGlobals sortOptions';
const texts = 'apiVersion kind namePrefix nameSuffix namespace';

/** The fields of a kustomization.yaml, and what belongs there. */
const form: ReadonlyMap<string, string> = new Map([
  ...lists.split(' ').map((name): [string, string] => [name, 'list']),
  ...maps.split(' ').map((name): [string, string] => [name, 'map']),
  ...texts.split(' ').map((name): [string, string] => [name, 'text']),
]);

/**
 * Refuse what kustomize refuses: fields that it does not know, and lists that are none.
 *
 * @throws BuildError with the line of the field
 */
export function checkForm({ file, body, frameOf }: KustomizationFile): void {
  const kind = textIn(body, 'kind') ?? 'Kustomization';
  const fail = (field: string, message: string, fix: string): never => {
    throw new BuildError(`${file.slice(file.lastIndexOf('/') + 1)} ${message}`, frameOf(field), fix);
  };
  // One of Flux lies in a file of this name at times.
  if (textIn(body, 'apiVersion')?.startsWith('kustomize.toolkit.fluxcd.io/')) return;
  if (kind !== 'Kustomization' && kind !== 'Component')
    fail('kind', `is a ${kind}`, 'write kind: Kustomization, or kind: Component');
  const wrong = Object.keys(body).find((name) => !fits(name, body));
  if (wrong === undefined) return;
  const wanted = form.get(wrong);
  if (wanted !== undefined) fail(wrong, `has a ${wrong} that is no ${wanted}`, `write a ${wanted}`);
  const meant = nearest(wrong, [...form.keys()]);
  fail(
    wrong,
    `has a field ${wrong}, which kustomize does not know`,
    meant ? `write ${meant}` : 'leave it out',
  );
}

/** Whether a field is one that kustomize knows, in any case as Go reads it, and holds what belongs there. */
function fits(name: string, body: JsonObject): boolean {
  const value = body[name];
  const wanted = form.get(name);
  if (wanted === undefined) return [...form.keys()].some((one) => one.toLowerCase() === name.toLowerCase());
  if (value === null || value === undefined) return true;
  if (wanted === 'list') return Array.isArray(value);
  return wanted === 'map' ? isMap(value) : typeof value === 'string';
}
