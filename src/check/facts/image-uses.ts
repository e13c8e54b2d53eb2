import { coreGroups, type EstateObject, textIn } from '../../estate';
import { fluxGroups } from '../../link/tables/built-in';
import type { CheckScope } from '../rule';
import { releasesOf } from './releases';
import { typesOf } from './types';
import { mapsIn, type Place } from './walk';
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
  for (const { object, values } of releasesOf(scope))
    yield* imagesIn(object, mapsIn(values, 'spec', 'values'));
  for (const { group, objects } of typesOf(scope)) {
    if (coreGroups.has(group) || fluxGroups.has(group)) continue;
    for (const object of objects) yield* imagesIn(object, mapsIn(object.body['spec'], 'spec'));
  }
}

function* imagesIn(object: EstateObject, places: readonly Place[]): Iterable<ImageUse> {
  for (const { map, pathOf } of places) {
    const { repository, tag, digest, image } = map;
    if (typeof repository === 'string' && typeof tag === 'string' && !digest) {
      yield { object, path: pathOf('tag'), image: `${repository}:${tag}`, sure: false };
    }
    if (typeof image === 'string') yield { object, path: pathOf('image'), image, sure: false };
  }
}
