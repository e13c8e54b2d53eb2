import { type EstateObject, type Json, listIn, textIn, textsIn } from '../../estate';
import { credentialIn, hasPasswordInAddress, isNamedCredential } from '../facts/credentials';
import { releasesOf } from '../facts/releases';
import { mapsIn, type Place } from '../facts/walk';
import { workloadsOf } from '../facts/workloads';
import type { Rule, Violation } from '../rule';

export const plainCredential: Rule = {
  id: 'plain-credential',
  title: 'No password, token or key is written out in a ConfigMap, an environment or Helm values.',
  severity: 'warning',
  why: 'It is in Git for everybody who can read the repository, and in the cluster for everybody who can read the object. Private keys and tokens that cannot be mistaken for anything else are errors.',
  bad: `env:
  - name: DB_PASSWORD
    value: hunter2`,
  good: `env:
  - name: DB_PASSWORD
    valueFrom: { secretKeyRef: { name: database, key: password } }`,
  *check(scope) {
    for (const object of scope.of('ConfigMap')) yield* named(object, mapsIn(object.body['data'], 'data'));
    for (const { object, containers } of workloadsOf(scope)) {
      for (const { container, path } of containers) yield* inContainer(container, object, path);
    }
    for (const { object, values } of releasesOf(scope))
      yield* named(object, mapsIn(values, 'spec', 'values'));
  },
};

function* inContainer(container: Json, object: EstateObject, path: string): Iterable<Violation> {
  for (const [index, entry] of listIn(container, 'env').entries()) {
    const [name, value] = [textIn(entry, 'name'), textIn(entry, 'value')];
    const said = name === undefined || value === undefined ? undefined : judge(name, value);
    if (said) yield { object, path: `${path}.env[${index}].value`, ...said };
  }
  for (const list of ['command', 'args']) {
    for (const [index, text] of textsIn(container, list).entries()) {
      const said = judge('', text);
      if (said) yield { object, path: `${path}.${list}[${index}]`, ...said };
    }
  }
}

function* named(object: EstateObject, places: readonly Place[]): Iterable<Violation> {
  for (const { map, pathOf } of places) {
    for (const key in map) {
      const text = map[key];
      const said = typeof text === 'string' ? judge(key, text) : undefined;
      if (said) yield { object, path: pathOf(key), ...said };
    }
  }
}

const fix =
  'put it into a Secret that is encrypted with SOPS or made from outside, and refer to its key; then change it, because Git keeps the old one';

/** What is wrong with a value of this name; undefined where nothing is. */
function judge(name: string, text: string): Pick<Violation, 'message' | 'fix' | 'severity'> | undefined {
  const what = credentialIn(text);
  const found = what ?? (hasPasswordInAddress(text) ? 'an address with its password' : undefined);
  const message = found ?? (isNamedCredential(name, text) ? `the value of ${name}` : undefined);
  if (message === undefined) return undefined;
  const severity = what === undefined ? 'warning' : 'error';
  return { message: `${message} is written out here`, fix, severity };
}
