import {
  append,
  describe,
  type EstateObject,
  type Finding,
  identityOf,
  type JsonObject,
  mapIn,
  objectId,
  textIn,
} from '../estate';
import type { LiveObject } from '../lab/api/client';
import { lookAt } from './looks';
import { isFlux, resume } from './looks/flux';
import { idOf, type World } from './world';

/** Flux's objects that somebody has stopped: what is committed for them goes nowhere. */
export function suspended({ live }: World): Finding[] {
  return [...live.values()].flatMap((object) =>
    isFlux(idOf(object)) && object.spec?.['suspend'] === true
      ? [
          warning(
            object,
            'Suspended',
            'it is suspended: no commit changes it',
            resume(object),
            'spec.suspend',
          ),
        ]
      : [],
  );
}

/** Units that are Ready at another revision than their source has. */
export function behindUnits(world: World): Finding[] {
  return [...world.live.values()].flatMap((object) => {
    if (object.kind !== 'Kustomization' || object.spec?.['suspend'] === true || lookAt(idOf(object), world))
      return [];
    const [applied, offered] = [textIn(object.status, 'lastAppliedRevision'), offeredTo(object, world)];
    if (applied === undefined || offered === undefined || applied === offered) return [];
    const { name, namespace } = object.metadata;
    const fix = `wait for its next look, or: flux reconcile kustomization ${name} --namespace ${namespace}`;
    return [warning(object, 'OldRevision', `it is at ${applied}, its source at ${offered}`, fix)];
  });
}

/** Objects of units that are Ready without them: the estate here is ahead of what Flux was given. */
export function uncommitted(world: World): Finding[] {
  const missing = new Map<string, EstateObject[]>();
  for (const object of world.wanted.values()) {
    const unit = world.unitOf.get(object.id) ?? '';
    const isOpen = world.isRead(object.id) && !world.live.has(object.id) && !world.isApplied(object.id);
    if (isOpen && world.live.has(unit) && !lookAt(unit, world)) append(missing, unit, object);
  }
  return [...missing].map(([unit, objects]) => {
    const names = objects.map((object) => describe(object));
    const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
    const message = `it was not given ${shown.join(', ')}`;
    return warning(world.live.get(unit) as LiveObject, 'NotApplied', message, 'synthesize, commit and push');
  });
}

function offeredTo({ spec, metadata }: LiveObject, { live }: World): string | undefined {
  const reference = mapIn(spec, 'sourceRef');
  const [kind = '', name = '', namespace] = ['kind', 'name', 'namespace'].map((field) =>
    textIn(reference, field),
  );
  const id = objectId('source.toolkit.fluxcd.io/v1', kind, namespace ?? metadata.namespace, name);
  return textIn(live.get(id)?.status, 'artifact', 'revision');
}

function warning(object: LiveObject, rule: string, message: string, fix: string, path?: string): Finding {
  const found = {
    rule,
    severity: 'warning' as const,
    message,
    fix,
    object: identityOf(object as JsonObject),
  };
  const { body: _, ...named } = found.object;
  return { ...found, object: named, ...(path !== undefined && { path }) };
}
