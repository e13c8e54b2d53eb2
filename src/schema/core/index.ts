import type { JsonObject } from '../../estate';
import type { KindSchema } from '../types';
import { dnsSubdomain, type TextCheck } from '../validate/names';
import type { Run } from '../validate/violation';
import { isBuiltIn } from './groups';
import { kindChecks, names, templateCheck } from './kinds';
import type { TypeRules } from './type-rules';
import { admissionTypes } from './types/admission';
import { autoscalingTypes } from './types/autoscaling';
import { containerTypes } from './types/containers';
import { deviceTypes } from './types/devices';
import { environmentTypes } from './types/environment';
import { flowTypes } from './types/flow';
import { jobTypes } from './types/jobs';
import { networkingTypes } from './types/networking';
import { otherTypes } from './types/others';
import { podTypes } from './types/pods';
import { quotaTypes } from './types/quotas';
import { schedulingTypes } from './types/scheduling';
import { serviceTypes } from './types/services';
import { volumeTypes } from './types/volumes';
import { workloadTypes } from './types/workloads';

export { hasCoreFinalizers, isBuiltIn } from './groups';
export { immutableChanges } from './immutable';

const types: { readonly [type: string]: TypeRules } = {
  ...podTypes,
  ...containerTypes,
  ...environmentTypes,
  ...volumeTypes,
  ...schedulingTypes,
  ...workloadTypes,
  ...jobTypes,
  ...serviceTypes,
  ...networkingTypes,
  ...otherTypes,
  ...admissionTypes,
  ...flowTypes,
  ...quotaTypes,
  ...deviceTypes,
  ...autoscalingTypes,
};

/** The rules of a named type of Kubernetes' own, e.g. `core.v1.Container`; undefined where it has none. */
export function coreType(type: string): TypeRules | undefined {
  return Object.hasOwn(types, type) ? types[type] : undefined;
}

/** The rules of a core kind that look at the object as a whole; undefined where it has none. */
export function coreRules(schema: KindSchema): ((body: JsonObject, run: Run) => void) | undefined {
  const checks = [templateCheck(schema.kind), kindChecks[schema.kind]].filter((check) => check !== undefined);
  if (checks.length === 0) return undefined;
  return (body, run) => {
    for (const check of checks) check(body, run);
  };
}

/** How the objects of a kind may be called. */
export function nameCheckOf(schema: KindSchema): TextCheck {
  return (isBuiltIn(schema.group) && names[schema.kind]) || dnsSubdomain;
}
