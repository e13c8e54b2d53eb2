import { type EstateObject, isMap, type Json, listIn, textIn, textMapIn, textsIn } from '../../estate';
import { credentialIn, hasPasswordInAddress, isNamedCredential } from '../facts/credentials';
import { releasesOf } from '../facts/releases';
import { keyed } from '../facts/text';
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
    for (const object of scope.of('ConfigMap')) yield* named(textMapIn(object.body, 'data'), object, 'data');
    for (const { object, containers } of workloadsOf(scope)) {
      for (const { container, path } of containers) yield* inContainer(container, object, path);
    }
    for (const { object, values } of releasesOf(scope)) yield* inValues(values, object, 'spec.values');
  },
};

function* inContainer(container: Json, object: EstateObject, path: string): Iterable<Violation> {
  for (const [index, entry] of listIn(container, 'env').entries()) {
    const [name, value] = [textIn(entry, 'name'), textIn(entry, 'value')];
    if (name !== undefined && value !== undefined)
      yield* judge(name, value, object, `${path}.env[${index}].value`);
  }
  for (const list of ['command', 'args']) {
    for (const [index, text] of textsIn(container, list).entries())
      yield* judge('', text, object, `${path}.${list}[${index}]`);
  }
}

function* inValues(value: Json, object: EstateObject, path: string): Iterable<Violation> {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries())
      yield* inValues(item, object, `${path}[${index}]`);
  } else if (isMap(value)) {
    yield* named(textMapIn(value), object, path);
    for (const key in value)
      if (typeof value[key] === 'object') yield* inValues(value[key], object, keyed(path, key));
  }
}

function* named(
  texts: { readonly [key: string]: string },
  object: EstateObject,
  path: string,
): Iterable<Violation> {
  for (const key in texts) yield* judge(key, texts[key] as string, object, keyed(path, key));
}

const fix =
  'put it into a Secret that is encrypted with SOPS or made from outside, and refer to its key; then change it, because Git keeps the old one';

function* judge(name: string, text: string, object: EstateObject, path: string): Iterable<Violation> {
  const what = credentialIn(text);
  if (what !== undefined)
    yield { object, path, message: `${what} is written out here`, fix, severity: 'error' };
  else if (hasPasswordInAddress(text))
    yield { object, path, message: 'an address with its password is written out here', fix };
  else if (isNamedCredential(name, text))
    yield { object, path, message: `the value of ${name} is written out here`, fix };
}
