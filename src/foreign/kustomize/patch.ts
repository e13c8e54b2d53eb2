import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Json, JsonObject } from '../../estate';
import {
  coreGroups,
  annotationsOf,
  isMap,
  labelsOf,
  mapIn,
  splitKind,
  textIn,
  versionOf,
} from '../../estate';
import { re2 } from '../../schema/pattern';
import { parseDocuments } from '../../yaml';
import { jsonPatch, type Operation } from './json-patch';
import { strategicMerge } from './merge';
import { BuildError, isSame, nameOf, namesOf, type Resource, withBody } from './resource';

/** Which objects a patch is for; patterns match whole words. */
interface Target {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

/** One patch: what it does, to what, and where it is written. */
export interface Patch {
  readonly text: string;
  readonly target?: Target;
  readonly frame: Frame;
  readonly allowRename: boolean;
  /** Whether it has a file of its own. */
  readonly isFile?: true;
}

/** A patch as a kustomization.yaml, or a Flux Kustomization, says it. */
export function readPatch(entry: Json, folder: string, frame: Frame): Patch {
  const { patch, path, target, options } = mapIn(entry);
  const allowRename = mapIn(options)['allowNameChange'] === true;
  const aimed = isMap(target) ? { target: target as Target } : {};
  const inline = textIn(patch);
  if (inline !== undefined) return { text: inline, frame, allowRename, ...aimed };
  const file = join(folder, textIn(path) ?? '');
  return {
    text: readPatchFile(file, frame),
    frame: { file, line: 1, column: 1 },
    allowRename,
    isFile: true,
    ...aimed,
  };
}

/** The text of a patch in a file of its own. */
function readPatchFile(file: string, frame: Frame): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new BuildError(`there is no patch ${file}`, frame, 'mend the path, or leave the patch out');
  }
}

/** Apply one patch to the objects that it is for; where not all of them are here, it may be for others. */
export function applyPatch(resources: readonly Resource[], patch: Patch, isComplete: boolean): Resource[] {
  try {
    return applied(resources, patch, isComplete);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw failure(patch, `the target of a patch is no regular expression: ${error.message}`);
  }
}

function applied(resources: readonly Resource[], patch: Patch, isComplete: boolean): Resource[] {
  const operations = operationsOf(patch);
  if (operations) {
    const { target } = patch;
    if (!target) throw failure(patch, 'a JSON patch says no target');
    return change(
      resources,
      (one) => matches(one, target),
      (body) => patched(body, operations, patch),
      patch,
    );
  }
  return documentsOf(patch).reduce<Resource[]>(
    (all, body) => applyMerge(all, body, patch, isComplete),
    [...resources],
  );
}

function applyMerge(
  resources: readonly Resource[],
  body: JsonObject,
  patch: Patch,
  isComplete: boolean,
): Resource[] {
  const { target } = patch;
  const wanted = nameOf({ body });
  const isMeant = target
    ? (one: Resource) => matches(one, target)
    : (one: Resource) => namesOf(one).some((name) => isSame(name, wanted));
  if (isComplete && !target && !resources.some(isMeant)) {
    const what = `${splitKind(wanted.kind)[1]} ${wanted.namespace === '' ? '' : `${wanted.namespace}/`}${wanted.name}`;
    throw failure(patch, `a patch is for ${what}, which is not in this kustomization`);
  }
  return change(resources, isMeant, (before) => merged(before, body, patch), patch);
}

function merged(before: JsonObject, patch: JsonObject, { allowRename }: Patch): JsonObject | undefined {
  const [group] = splitKind(nameOf({ body: before }).kind);
  const after = strategicMerge(before, patch, coreGroups.has(group));
  if (!after || allowRename) return after;
  const { name, namespace } = mapIn(before['metadata']);
  const kept = { ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) };
  const { namespace: _, ...metadata } = mapIn(after['metadata']);
  return {
    ...after,
    apiVersion: before['apiVersion'] as Json,
    kind: before['kind'] as Json,
    metadata: { ...metadata, ...kept },
  };
}

function change(
  resources: readonly Resource[],
  isMeant: (resource: Resource) => boolean,
  make: (body: JsonObject) => JsonObject | undefined,
  { frame }: Patch,
): Resource[] {
  return resources.flatMap((one) => {
    if (!isMeant(one)) return [one];
    const body = make(one.body);
    if (body === undefined) return [];
    return [{ ...withBody(one, body), frames: [...one.frames, frame] }];
  });
}

function patched(body: JsonObject, operations: readonly Operation[], patch: Patch): JsonObject {
  try {
    return jsonPatch(body, operations);
  } catch (error) {
    const { kind, name } = nameOf({ body });
    throw failure(patch, `the patch of ${splitKind(kind)[1]} ${name} fails: ${(error as Error).message}`);
  }
}

function failure({ frame }: Patch, message: string): BuildError {
  return new BuildError(message, frame, 'mend the patch, or its target: kustomize refuses it as well');
}

/** A JSON patch is a list of operations, in YAML or JSON; everything else is merged. */
function operationsOf(patch: Patch): readonly Operation[] | undefined {
  const text = patch.text.replace(/^(?:\s*(?:#.*)?\n|---.*\n)*/, '');
  if (!/^\s*(?:-\s|\[)/.test(text)) return undefined;
  const { documents } = parseDocuments(`value:\n${text.replaceAll(/^/gm, '  ')}`, patch.frame.file);
  const value = documents[0]?.body['value'];
  return Array.isArray(value) ? (value as readonly Operation[]) : undefined;
}

function documentsOf(patch: Patch): JsonObject[] {
  const { documents, problems } = parseDocuments(patch.text, patch.frame.file);
  const [problem] = problems;
  if (problem) {
    const frame = patch.isFile ? { ...patch.frame, line: problem.line } : patch.frame;
    throw failure({ ...patch, frame }, `the patch cannot be read: ${problem.message}`);
  }
  return documents.map(({ body }) => body);
}

function matches(resource: Resource, target: Target): boolean {
  const { group, version, kind, name, namespace, labelSelector, annotationSelector } = target;
  const [ownGroup, ownKind] = splitKind(nameOf(resource).kind);
  const type =
    isPattern(group, ownGroup) &&
    isPattern(version, versionOf(textIn(resource.body['apiVersion']) ?? '')) &&
    isPattern(kind, ownKind);
  return (
    type &&
    namesOf(resource).some(
      (one) => isPattern(name, one.name) && isPattern(namespace, one.namespace || 'default'),
    ) &&
    selects(labelSelector, labelsOf(resource.body)) &&
    selects(annotationSelector, annotationsOf(resource.body))
  );
}

function isPattern(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || pattern === '' || re2(`^(?:${pattern})$`).test(text);
}

/** A selector as kubectl takes it: `a=b,c!=d,e,!f,g in (h,i)`. */
function selects(selector: string | undefined, labels: { readonly [key: string]: string }): boolean {
  const parts = (selector ?? '').match(/(?:[^,(]|\([^)]*\))+/g) ?? [];
  return parts.every((part) => {
    const match = /^\s*(!?)([^\s=!]+)\s*(?:(==|=|!=|in|notin)\s*(.*?))?\s*$/.exec(part);
    if (!match) return false;
    const [, not, key = '', operator, value = ''] = match;
    if (operator === undefined) return key in labels === (not === '');
    const values = value.replaceAll(/[()\s]/g, '').split(',');
    const isIn = values.includes(labels[key] ?? '\0');
    return operator === '!=' || operator === 'notin' ? !isIn : isIn;
  });
}
