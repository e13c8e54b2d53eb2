import {
  annotationsOf,
  describe,
  type EstateObject,
  type Json,
  type JsonObject,
  labelsOf,
  listIn,
  mapIn,
  objectId,
  textIn,
} from '../../estate';
import { expressionsIn } from '../facts/substitution';
import { mapsIn } from '../facts/walk';
import type { CheckScope, Rule, Violation } from '../rule';

export const substitution: Rule = {
  id: 'substitution',
  title: 'Where Flux substitutes variables, every ${…} is meant for it.',
  severity: 'error',
  why: 'With postBuild, Flux replaces every ${…} of the unit, in scripts and dashboards as well. One that it does not know or cannot read fails the whole unit; one that it happens to know is replaced.',
  bad: `data:
  run.sh: echo \${HOSTNAME##*-}`,
  good: `data:
  run.sh: echo $\${HOSTNAME##*-}
# or, for the whole object: kustomize.toolkit.fluxcd.io/substitute: disabled`,
  *check(scope) {
    const kustomizations = new Map(
      scope.of('kustomize.toolkit.fluxcd.io/Kustomization').map((object) => [object.name, object]),
    );
    for (const unit of scope.cluster.units) {
      const kustomization = kustomizations.get(unit.name);
      const variables = kustomization && variablesOf(kustomization, scope);
      for (const object of variables ? unit.objects : [])
        yield* inObject(object, variables as Variables, kustomization as EstateObject);
    }
  },
};

interface Variables {
  readonly names: ReadonlySet<string>;
  /** False where some come from a Secret or from elsewhere. */
  readonly complete: boolean;
}

/** What a Kustomization substitutes; nothing where it does not. */
function variablesOf({ body, namespace }: EstateObject, scope: CheckScope): Variables | undefined {
  const names = new Set(Object.keys(mapIn(body, 'spec', 'postBuild', 'substitute')));
  const sources = listIn(body, 'spec', 'postBuild', 'substituteFrom');
  let complete = true;
  for (const source of sources) {
    const id = objectId('v1', textIn(source, 'kind') ?? '', namespace, textIn(source, 'name') ?? '');
    const holder = scope.find(id);
    for (const field of ['data', 'stringData']) for (const key in mapIn(holder?.body, field)) names.add(key);
    complete &&= holder !== undefined;
  }
  return names.size === 0 && sources.length === 0 ? undefined : { names, complete };
}

const disabling = 'kustomize.toolkit.fluxcd.io/substitute';

function* inObject(object: EstateObject, variables: Variables, by: EstateObject): Iterable<Violation> {
  if (annotationsOf(object.body)[disabling] === 'disabled' || labelsOf(object.body)[disabling] === 'disabled')
    return;
  for (const [path, text] of textsOf(object.body)) {
    for (const { text: expression, name, hasDefault } of expressionsIn(text)) {
      const known = name !== undefined && (hasDefault || variables.names.has(name) || !variables.complete);
      if (known) continue;
      const message =
        name === undefined
          ? `${describe(by)} cannot read ${expression}, and fails`
          : `${describe(by)} has no variable ${name} for ${expression}, and fails`;
      const fix = `write $${expression} for a text that Flux leaves alone, or annotate the object with ${disabling}: disabled`;
      yield { object, path, message, fix };
    }
  }
}

function* textsOf(body: JsonObject): Iterable<[path: string, text: string]> {
  for (const { map, pathOf } of mapsIn(body)) {
    for (const key in map) {
      const value = map[key];
      if (typeof value === 'string') yield [pathOf(key), value];
      for (const [index, text] of Array.isArray(value) ? textsOfList(value) : [])
        yield [pathOf(key, index), text];
    }
  }
}

function textsOfList(list: readonly Json[]): [index: number, text: string][] {
  return list.flatMap((item, index) => (typeof item === 'string' ? [[index, item]] : []));
}
