import { type EstateObject, isMap, type Json, type JsonObject, listIn, numberIn, textIn } from '../../estate';
import { equal } from '../../estate/equal';
import { parseQuantity } from '../../schema/validate/quantity';

/**
 * The commands and commits that change of a StatefulSet what is set once, and keep its pods and volumes. It is deleted
 * once Flux has been refused the change: from then on nothing can make it anew as it was.
 */
export function statefulSetWay(after: EstateObject, before: JsonObject, unit: string): string {
  const changed = changedTemplates(before, after.body);
  if (!changed.every(isGrowth))
    return 'a claim keeps its class and never shrinks: make a StatefulSet of another name, restore a backup into it, and remove this one afterwards';
  const { name, namespace = '' } = after;
  const steps = [
    ...changed.map(([, template]) => `\`${growing(after, before, template)}\``),
    `commit this change with \`ignore(…, 'immutable-field', '<why>')\` on the StatefulSet: Flux is refused it, and changes nothing`,
    `\`kubectl -n flux-system wait kustomization ${unit} --for=condition=Ready=false --timeout=15m\`: until that has happened`,
    `\`kubectl -n ${namespace} delete statefulset ${name} --cascade=orphan\`: its pods and volumes stay`,
    `\`flux reconcile kustomization ${unit}\`: the new StatefulSet takes them over`,
    'commit without `ignore`',
  ];
  return steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
}

/** A claim template as it was and as it is. */
type Change = readonly [before: Json, after: Json];

const templatesIn = (body: JsonObject): readonly Json[] => listIn(body, 'spec', 'volumeClaimTemplates');
const nameOf = (template: Json): string => textIn(template, 'metadata', 'name') ?? '';
const size = ['spec', 'resources', 'requests', 'storage'] as const;

/** Those that were there and are different now. What is new makes new claims, what is gone leaves its own behind. */
function changedTemplates(before: JsonObject, after: JsonObject): Change[] {
  const now = new Map(templatesIn(after).map((template) => [nameOf(template), template]));
  return templatesIn(before).flatMap((template): Change[] => {
    const other = now.get(nameOf(template));
    return other === undefined || equal(template, other) ? [] : [[template, other]];
  });
}

function isGrowth([before, after]: Change): boolean {
  const [old, wanted] = [before, after].map((template) => parseQuantity(textIn(template, ...size)) ?? 0);
  return wanted! > old! && equal(withoutSize(before), withoutSize(after));
}

function withoutSize(template: Json): Json {
  if (!isMap(template)) return template;
  const spec = isMap(template['spec']) ? template['spec'] : {};
  const resources = isMap(spec['resources']) ? spec['resources'] : {};
  return { ...template, spec: { ...spec, resources: { ...resources, requests: {} } } };
}

/** The command that grows the claims that were made from a template. */
function growing({ name, namespace = '' }: EstateObject, before: JsonObject, template: Json): string {
  const replicas = numberIn(before, 'spec', 'replicas') ?? 1;
  const claims = Array.from({ length: replicas }, (_, index) => `${nameOf(template)}-${name}-${index}`);
  const patch = { spec: { resources: { requests: { storage: textIn(template, ...size) } } } };
  return `kubectl -n ${namespace} patch pvc ${claims.join(' ')} -p '${JSON.stringify(patch)}'`;
}
