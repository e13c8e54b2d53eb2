import { describe, type Json, type JsonObject, textIn, valueIn } from '../../estate';
import { enforcedLevel } from '../facts/pod-security-level';
import { listed } from '../facts/text';
import { workloadsOf } from '../facts/workloads';
import type { Rule } from '../rule';

export const securityContextMissing: Rule = {
  id: 'security-context-missing',
  title: 'Every container says whether it may be root and whether it may gain privileges.',
  severity: { lean: 'warning', ha: 'error' },
  why: 'Where nothing is said, a container runs as whatever user its image names, most often root, and may gain privileges by setuid programs. Saying `runAsUser: 0` on purpose is fine: then it was decided.',
  bad: `containers:
  - name: api
    image: ghcr.io/example/api:1.4.2`,
  good: `securityContext: { runAsNonRoot: true, runAsUser: 1000 }
containers:
  - name: api
    image: ghcr.io/example/api:1.4.2
    securityContext: { allowPrivilegeEscalation: false }`,
  *check(scope) {
    for (const { object, template, containers } of workloadsOf(scope)) {
      const level = enforcedLevel(scope, object.namespace);
      if (level === 'restricted' || level === 'privileged' || isWindows(template.spec)) continue;
      for (const { container, path } of containers) {
        const missing = unsaid(container, template.spec);
        if (!missing) continue;
        const message = `the container ${textIn(container, 'name') ?? ''} of ${describe(object)} does not say ${listed(missing.map(({ what }) => what))}`;
        const fix = `write securityContext: { ${missing.map(({ write }) => write).join(', ')} }`;
        yield { object, path: `${path}.securityContext`, message, fix };
      }
    }
  },
};

interface Unsaid {
  readonly what: string;
  readonly write: string;
}

function unsaid(container: JsonObject, pod: JsonObject): Unsaid[] | undefined {
  const user = saysUser(container) || saysUser(pod);
  const gain =
    says(container, 'allowPrivilegeEscalation') ||
    valueIn(container, 'securityContext', 'privileged') === true;
  if (user && gain) return undefined;
  return [
    ...(user ? [] : [{ what: 'whether it may be root', write: 'runAsNonRoot: true' }]),
    ...(gain ? [] : [{ what: 'whether it may gain privileges', write: 'allowPrivilegeEscalation: false' }]),
  ];
}

function saysUser(value: Json): boolean {
  return says(value, 'runAsNonRoot') || says(value, 'runAsUser');
}

function says(value: Json, field: string): boolean {
  return valueIn(value, 'securityContext', field) !== undefined;
}

function isWindows(pod: JsonObject): boolean {
  return textIn(pod, 'os', 'name') === 'windows';
}
