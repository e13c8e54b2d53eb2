import { describe, objectId, type ObjectId } from '../../estate';
import type { LiveObject } from '../../lab/api/client';
import type { Trouble } from '../types';
import type { World } from '../world';

const kinds: { readonly [word: string]: string } = {
  configmap: 'ConfigMap',
  secret: 'Secret',
  serviceaccount: 'ServiceAccount',
  persistentvolumeclaim: 'PersistentVolumeClaim',
};

/**
 * A message like `secret "password" not found` names what is missing: who brings it has to be looked at, or, where
 * it comes from elsewhere, somebody has to bring it.
 */
export function brought(message: string, user: LiveObject, world: World): Partial<Trouble> {
  const [, word = '', name = ''] = /\b([a-z]+) "([^"]+)" not found/.exec(message) ?? [];
  const kind = kinds[word];
  if (kind === undefined) return {};
  const namespace = user.metadata.namespace ?? '';
  const because = bringers(kind, namespace, name, world);
  const what = describe({ kind, namespace, name });
  const reason = world.estate?.info.externals.find(
    (one) => one.kind === kind && isMeant(one.name, name) && isMeant(one.namespace, namespace),
  )?.reason;
  const fix = reason === undefined ? `bring ${what}` : `bring ${what}: it comes from elsewhere (${reason})`;
  return { because, fix };
}

function isMeant(pattern: string | undefined, text: string): boolean {
  return pattern === '*' || pattern === text;
}

/** Whoever the estate says brings an object: itself, a release, an operator's resource. */
function bringers(kind: string, namespace: string, name: string, { estate, wanted }: World): ObjectId[] {
  const own = objectId('v1', kind, namespace, name);
  const references = estate?.references ?? [];
  const others = references.flatMap(({ target, to }) =>
    to !== undefined && target.kind === kind && target.namespace === namespace && target.name === name
      ? [to]
      : [],
  );
  return [...new Set([...(wanted.has(own) ? [own] : []), ...others])];
}
