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
    if (name !== undefined && value !== undefined)
      yield* judge(name, value, object, () => `${path}.env[${index}].value`);
  }
  for (const list of ['command', 'args']) {
    for (const [index, text] of textsIn(container, list).entries())
      yield* judge('', text, object, () => `${path}.${list}[${index}]`);
  }
}

function* named(object: EstateObject, places: readonly Place[]): Iterable<Violation> {
  for (const { map, pathOf } of places) {
    for (const key in map) {
      const text = map[key];
      if (typeof text === 'string') yield* judge(key, text, object, () => pathOf(key));
    }
  }
}

const fix =
  'put it into a Secret that is encrypted with SOPS or made from outside, and refer to its key; then change it, because Git keeps the old one';

function* judge(name: string, text: string, object: EstateObject, pathOf: () => string): Iterable<Violation> {
  const what = credentialIn(text);
  const found = what ?? (hasPasswordInAddress(text) ? 'an address with its password' : undefined);
  const message = found ?? (isNamedCredential(name, text) ? `the value of ${name}` : undefined);
  if (message === undefined) return;
  const severity = what === undefined ? 'warning' : 'error';
  yield { object, path: pathOf(), message: `${message} is written out here`, fix, severity };
}
