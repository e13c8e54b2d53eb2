import { identityOf, type JsonObject, kindOf, textIn } from '../../estate';
import type { LiveObject } from '../../lab/api/client';
import { compile } from '../../schema/cel/compile';
import { parse } from '../../schema/cel/parser';
import { dyn } from '../../schema/cel/types';
import { Variables } from '../../schema/cel/variables';
import type { Value } from '../../schema/cel/values';
import { healthExpressions } from '../../units';
import type { Trouble } from '../types';
import type { World } from '../world';
import { isSeen, troubleOf, unmet } from './conditions';
import { podTrouble } from './pod';

/** Why an object of any kind is not as it should be: its conditions, and where those lie, the expression that Flux asks. */
export function resourceTrouble(object: LiveObject, world: World): Trouble | undefined {
  const expression = healthExpressions[kindOf(identityOf(object as JsonObject))];
  const isHealthy = expression && holds(expression.current, object);
  if (isHealthy === true) return undefined;
  const condition = unmet(object);
  if (condition) return { ...troubleOf(condition), ...podsOf(object, world) };
  if (isHealthy === undefined) return isSeen(object) ? undefined : unseen;
  return { ...unsaid(object, expression?.failed), ...podsOf(object, world) };
}

const unseen: Trouble = {
  reason: 'Unseen',
  message: 'its controller has not seen its last change',
  isProgressing: true,
};

/** Without a status nobody looks after it, or not yet. */
function unsaid(object: LiveObject, failed: string | undefined): Trouble {
  if (object.status === undefined)
    return { reason: 'Unseen', message: 'no controller has said anything of it', isProgressing: true };
  const words = ['phase', 'health', 'lifecycleState', 'state', 'stage', 'message', 'error'];
  const said = words.flatMap((field) => textIn(object.status, field) ?? []).join(', ');
  const isFailed = failed !== undefined && holds(failed, object);
  return {
    reason: isFailed ? 'Failed' : 'Progressing',
    message: said === '' ? 'its status does not say that it is Ready' : `its status says ${said}`,
    isProgressing: !isFailed,
  };
}

const variables = ['metadata', 'spec', 'status'];

function holds(expression: string, object: LiveObject): boolean {
  const known = variables.reduce((all, name) => all.with(name, dyn), Variables.none);
  const slots = variables.map((name) => (object[name] ?? {}) as Value);
  try {
    return compile(parse(expression), known).evaluate(slots) === true;
  } catch {
    // As for Flux: what cannot be evaluated does not hold.
    return false;
  }
}

/** The pods that an operator made for a resource, through whatever kinds of its own, are called like it. */
function podsOf({ metadata: { name, namespace } }: LiveObject, world: World): Partial<Trouble> {
  for (const pod of world.live.values()) {
    const isOwn = pod.kind === 'Pod' && pod.metadata.namespace === namespace;
    if (!isOwn || !pod.metadata.name.startsWith(`${name}-`)) continue;
    const { reason, message, isCertain } = podTrouble(pod, world) ?? {};
    if (isCertain && reason !== undefined)
      return { reason, message: `pod ${pod.metadata.name}: ${message}`, isCertain };
  }
  return {};
}
