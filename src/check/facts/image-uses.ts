import { type EstateObject, groupOf, isMap, type Json, textIn } from '../../estate';
import { coreGroups, fluxGroups } from '../../link/tables/built-in';
import type { CheckScope } from '../rule';
import { releasesOf } from './releases';
import { keyed } from './text';
import { workloadsOf } from './workloads';

/** A place that names an image. */
export interface ImageUse {
  readonly object: EstateObject;
  readonly path: string;
  readonly image: string;
  /** False where the field is only likely to be the whole name of an image. */
  readonly sure: boolean;
}

/** Every image that is named: by pods, in the values of charts, in custom resources. */
export function* imagesOf(scope: CheckScope): Iterable<ImageUse> {
  for (const { object, containers } of workloadsOf(scope)) {
    for (const { container, path } of containers) {
      const image = textIn(container, 'image');
      if (image !== undefined && image !== '') yield { object, path: `${path}.image`, image, sure: true };
    }
  }
  for (const { object, values } of releasesOf(scope)) yield* imagesIn(values, object, 'spec.values');
  for (const object of scope.cluster.objects) {
    const group = groupOf(object.apiVersion);
    const spec = object.body['spec'];
    if (spec !== undefined && !coreGroups.has(group) && !fluxGroups.has(group))
      yield* imagesIn(spec, object, 'spec');
  }
}

function* imagesIn(value: Json, object: EstateObject, path: string): Iterable<ImageUse> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries())
      yield* imagesIn(item, object, `${path}[${index}]`);
    return;
  }
  if (!isMap(value)) return;
  const [repository, tag, digest] = [
    textIn(value, 'repository'),
    textIn(value, 'tag'),
    textIn(value, 'digest'),
  ];
  if (repository !== undefined && tag !== undefined && !digest) {
    yield { object, path: `${path}.tag`, image: `${repository}:${tag}`, sure: false };
  }
  for (const key in value) {
    const inner = value[key] as Json;
    if (typeof inner === 'object') yield* imagesIn(inner, object, keyed(path, key));
    else if (key === 'image' && typeof inner === 'string')
      yield { object, path: keyed(path, key), image: inner, sure: false };
  }
}
