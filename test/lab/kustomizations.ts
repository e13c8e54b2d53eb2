import { load } from 'js-yaml';
import type { FileTree, JsonObject } from '../../src/estate';

type Fields = { readonly [field: string]: unknown };

/** A tree in which the `spec` of some units' Kustomizations has other fields; an undefined one is left out. */
export function withSpecs(tree: FileTree, specs: { readonly [unit: string]: Fields }): FileTree {
  return changeSpecs(tree, (unit) => specs[unit]);
}

/** The same for the Kustomizations of all units. */
export function allSpecs(tree: FileTree, fields: Fields): FileTree {
  return changeSpecs(tree, () => fields);
}

function changeSpecs(tree: FileTree, fieldsOf: (unit: string) => Fields | undefined): FileTree {
  return new Map(
    [...tree].map(([path, text]) => {
      const unit = /kustomization\.kustomize\.toolkit\.fluxcd\.io_(.+)\.yaml$/.exec(path)?.[1];
      const fields = unit === undefined ? undefined : fieldsOf(unit);
      if (!fields) return [path, text];
      const body = load(text) as JsonObject;
      return [path, JSON.stringify({ ...body, spec: { ...(body['spec'] as JsonObject), ...fields } })];
    }),
  );
}

/** The path of a unit's Kustomization, as the API server serves it. */
export function kustomizationPath(unit: string): string {
  return `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/${unit}`;
}
