import type { Json, JsonObject } from '../../../estate';
import { show, type Run } from '../../validate/violation';
import { asText, duplicate, isSet, object, objects, textOf } from '../field-rules';
import type { Placed } from './pods';

/** Judges what containers mount, of the volumes of their pod and those that come from elsewhere. */
export function checkVolumes(
  pod: JsonObject,
  containers: readonly Placed[],
  more: readonly string[],
  run: Run,
): void {
  const volumes = objects(pod['volumes']);
  const twice = duplicate(volumes.map((volume) => textOf(volume['name'])));
  if (twice) {
    const message = `two volumes have the name ${twice.key}`;
    run.report('core', message, 'give each its own name', 'volumes', twice.index, 'name');
  }
  const known = new Map<Json | undefined, JsonObject>([
    ...volumes.map((volume) => [volume['name'], volume] as const),
    ...more.map((name) => [name, claim] as const),
  ]);
  for (const { container, path } of containers)
    for (const use of usesOf(container)) checkUse(use, path, known, run);
}

/** What a claim template of a StatefulSet becomes. */
const claim: JsonObject = { persistentVolumeClaim: {} };

interface Use {
  readonly name: Json | undefined;
  readonly path: readonly (string | number)[];
}

function usesOf(container: JsonObject): readonly Use[] {
  const named = ['volumeMounts', 'volumeDevices'].flatMap((field) =>
    objects(container[field]).map(({ name }, index) => ({ name, path: [field, index, 'name'] })),
  );
  const variables = objects(container['env']).map(({ valueFrom }, index) => ({
    name: object(object(valueFrom)['fileKeyRef'])['volumeName'],
    path: ['env', index, 'valueFrom', 'fileKeyRef', 'volumeName'],
  }));
  return [...named, ...variables.filter(({ name }) => isSet(name))];
}

function checkUse(
  { name, path }: Use,
  container: Placed['path'],
  known: ReadonlyMap<Json | undefined, JsonObject>,
  run: Run,
): void {
  const volume = known.get(name);
  const report = (message: string, fix: string): void =>
    run.report('core', message, fix, ...container, ...path);
  if (!volume) {
    const fix = `write one of: ${[...known.keys()].map(asText).join(', ') || 'add it to volumes'}`;
    report(`there is no volume ${show(name)}`, fix);
  } else if (
    path[0] === 'volumeDevices' &&
    !isSet(volume['persistentVolumeClaim']) &&
    !isSet(volume['ephemeral'])
  ) {
    report(`${show(name)} is no claim, and only claims can be devices`, 'mount it with volumeMounts');
  }
}
