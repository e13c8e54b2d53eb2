import type { Json, JsonObject } from '../../estate';
import { isMap, listIn, mapIn, textIn } from '../../estate';
import { updateAt } from './fields';
import { nameOf, namesOf, type Resource, withBody } from './resource';

/** `images`: another name, tag or digest, in every list of containers. */
export function setImages(resources: readonly Resource[], images: readonly Json[]): Resource[] {
  return images.reduce<Resource[]>(
    (all, entry) =>
      all.map((one) =>
        nameOf(one).kind === 'apiextensions.k8s.io/CustomResourceDefinition'
          ? one
          : withBody(one, inContainers(one.body, mapIn(entry)) as JsonObject),
      ),
    [...resources],
  );
}

function inContainers(value: Json, entry: JsonObject): Json {
  if (Array.isArray(value)) return mapSame(value as readonly Json[], (item) => inContainers(item, entry));
  if (!isMap(value)) return value;
  const fields = Object.entries(value).map(([key, inner]): [string, Json] => [
    key,
    (key === 'containers' || key === 'initContainers') && Array.isArray(inner)
      ? mapSame(inner as readonly Json[], (item) => withImage(inContainers(item, entry), entry))
      : inContainers(inner, entry),
  ]);
  return fields.every(([key, inner]) => inner === value[key]) ? value : Object.fromEntries(fields);
}

function mapSame(list: readonly Json[], change: (item: Json) => Json): readonly Json[] {
  const changed = list.map(change);
  return changed.every((item, index) => item === list[index]) ? list : changed;
}

function withImage(container: Json, entry: JsonObject): Json {
  const image = textIn(mapIn(container)['image']);
  const match = image === undefined ? null : /^(.+?)(?::([^:/@]+))?(?:@(.+))?$/.exec(image);
  if (!match || match[1] !== entry['name']) return container;
  const [, name = '', tag, digest] = match;
  const made = textIn(entry['newName']) ?? name;
  const [newTag, newDigest] = [textIn(entry['newTag']), textIn(entry['digest'])];
  if (newTag === undefined && newDigest === undefined) {
    const kept = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
    return { ...mapIn(container), image: `${made}${kept}` };
  }
  const suffix = `${newTag === undefined ? '' : `:${newTag}`}${newDigest === undefined ? '' : `@${newDigest}`}`;
  return { ...mapIn(container), image: `${made}${suffix}` };
}

const scaled = new Set(['apps/Deployment', 'ReplicationController', 'apps/ReplicaSet', 'apps/StatefulSet']);

/** `replicas`: how many, by the name of the workload. */
export function setReplicas(resources: readonly Resource[], replicas: readonly Json[]): Resource[] {
  return listIn(replicas).reduce<Resource[]>(
    (all, entry) => {
      const { name, count } = mapIn(entry);
      return all.map((one) =>
        scaled.has(nameOf(one).kind) && namesOf(one).some((own) => own.name === name)
          ? withBody(
              one,
              updateAt(one.body, 'spec/replicas', true, () => count),
            )
          : one,
      );
    },
    [...resources],
  );
}
