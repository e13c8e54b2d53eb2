import { createHash } from 'node:crypto';
import type { EstateObject, Json, JsonObject } from '../../estate';
import { identityOf, isMap, listIn, mapIn, textIn } from '../../estate';
import { scanner } from '../../link/scan';
import { coreReferences } from '../../link/tables/core';
import { valueAt } from '../../why';
import { setText } from '../set-text';
import { type FieldSpec, isFieldOf, updateAt } from './fields';
import { type Name, nameOf, namesOf, type Resource, withBody } from './resource';

const keepTheirs = new Set([
  'Namespace',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
]);

/** `namePrefix` and `nameSuffix`. */
export function rename(resources: readonly Resource[], prefix: string, suffix: string): Resource[] {
  if (prefix === '' && suffix === '') return [...resources];
  return resources.map((one) =>
    keepTheirs.has(nameOf(one).kind)
      ? one
      : withBody(
          one,
          updateAt(one.body, 'metadata/name', true, (name) => `${prefix}${textIn(name) ?? ''}${suffix}`),
        ),
  );
}

/** Names that end in the hash of their content. */
export function addHashes(resources: readonly Resource[]): Resource[] {
  return resources.map((one) => {
    if (!one.hashed) return one;
    const { hashed: _, ...rest } = withBody(
      one,
      updateAt(one.body, 'metadata/name', true, (name) => `${textIn(name) ?? ''}-${contentHash(one.body)}`),
    );
    return rest;
  });
}

/** The hash that kustomize gives to a ConfigMap or Secret: of its content, and of a name that is always empty. */
export function contentHash(body: JsonObject): string {
  const { kind, data = {}, binaryData, type, stringData } = body;
  const fields: { [key: string]: Json | undefined } =
    kind === 'Secret'
      ? { data, kind, name: '', ...(stringData === undefined ? {} : { stringData }), type: type ?? '' }
      : { ...(binaryData === undefined ? {} : { binaryData }), data, kind, name: '' };
  const hex = createHash('sha256')
    .update(goJson(fields as JsonObject))
    .digest('hex')
    .slice(0, 10);
  return hex.replaceAll(/[013ae]/g, (digit) => readable[digit] ?? digit);
}

/** Digits that would make words, or be mistaken for letters. */
const readable: { readonly [digit: string]: string } = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** JSON as Go writes it: sorted, and fit for HTML. */
function goJson(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(goJson).join(',')}]`;
  if (isMap(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${goJson(key)}:${goJson(value[key] as Json)}`).join(',')}}`;
  }
  return JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A field that names another object, by a project's own word. */
export interface NameReference extends FieldSpec {
  /** The kind of what it names, without its group. */
  readonly target: string;
}

/** What a `configurations` file adds to the fields that name others. */
export function nameReferences(configuration: JsonObject): NameReference[] {
  return listIn(configuration['nameReference'])
    .map((entry) => mapIn(entry))
    .flatMap(({ kind, fieldSpecs }) =>
      listIn(fieldSpecs)
        .map((entry) => mapIn(entry))
        .map((field) => ({
          target: textIn(kind) ?? '',
          path: textIn(field['path']) ?? '',
          ...(typeof field['kind'] === 'string' ? { kinds: [field['kind']] } : {}),
        })),
    );
}

/** Have every reference follow what it names to its present name. */
export function followNames(
  resources: readonly Resource[],
  configured: readonly NameReference[],
): Resource[] {
  const renamed = resources.filter(({ earlier }) => earlier.length > 0);
  if (renamed.length === 0) return [...resources];
  const scan = scanner([coreReferences], 'cluster.local', () => undefined);
  return resources.map((one) => {
    const newName = (kind: string, name: string, namespace?: string): string =>
      presentName({ kind, name, namespace: namespace ?? '' }, one, renamed) ?? name;
    // Host names are texts that name a Service, not fields with its name.
    const mentions = scan(objectOf(one)).filter(
      ({ path, target }) => !path.startsWith('metadata') && valueAt(one.body, path) === target.name,
    );
    const known = mentions.reduce(
      (body, { path, target: { kind, name, namespace } }) =>
        setText(body, path, newName(kind, name, namespace)),
      one.body,
    );
    const own = configured.filter((field) => isFieldOf(field, nameOf(one).kind));
    const body = own.reduce(
      (now, { path, target }) =>
        updateAt(now, path, false, (value) =>
          typeof value === 'string' ? newName(target, value, nameOf(one).namespace) : value,
        ),
      known,
    );
    return withBody(one, body);
  });
}

/** A resource in the form that the linker reads. */
function objectOf({ body }: Resource): EstateObject {
  return { ...identityOf(body), origin: { construct: '', frames: [] }, chart: '' };
}

function presentName(target: Name, from: Resource, renamed: readonly Resource[]): string | undefined {
  const spaces = new Set([...namesOf(from), target].map(({ namespace }) => namespace || 'default'));
  const found = renamed.filter(
    (one) =>
      lastWord(nameOf(one).kind) === lastWord(target.kind) &&
      one.earlier.some(
        ({ name, namespace }) =>
          name === target.name && (isClusterWide(target.kind) || spaces.has(namespace || 'default')),
      ),
  );
  return found.length === 1 ? nameOf(found[0] as Resource).name : undefined;
}

function lastWord(kind: string): string {
  return kind.slice(kind.lastIndexOf('/') + 1);
}

function isClusterWide(kind: string): boolean {
  return /Class$|Cluster|PersistentVolume$/.test(lastWord(kind));
}
