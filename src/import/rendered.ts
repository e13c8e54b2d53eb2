import { groupOf } from '../estate';
import type { ProvidedObject, ProvidedPort } from '../schema/types';

/** The names that a chart was installed under to see what it brings: unlike anything that charts say themselves. */
export interface Installation {
  readonly release: string;
  readonly namespace: string;
}

/** An object as it was installed. */
export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly ports?: readonly ProvidedPort[];
  /** Set on what Helm runs around an installation rather than keeps. */
  readonly hook?: string;
}

/** What a chart brings, whatever it is installed as. */
export interface Provisions {
  readonly objects: readonly ProvidedObject[];
  readonly crds: readonly string[];
}

/** What a chart brings, out of one installation: its names replaced by placeholders, its hooks left out. */
export function provisions(
  rendered: readonly RenderedObject[],
  charts: readonly string[],
  isNamespaced: (group: string, kind: string) => boolean,
  installation: Installation,
): Provisions {
  const kept = rendered.filter(({ hook }) => hook === undefined);
  const placeholders = (name: string): string => withPlaceholders(name, charts, installation);
  const objects = kept
    .filter(({ kind }) => kind !== 'CustomResourceDefinition')
    .map(({ apiVersion, kind, name, namespace, ports }): ProvidedObject => {
      const own = namespace ?? (isNamespaced(groupOf(apiVersion), kind) ? installation.namespace : undefined);
      return {
        apiVersion,
        kind,
        ...(own !== undefined && { namespace: placeholders(own) }),
        name: placeholders(name),
        ...(ports && { ports }),
      };
    });
  const crds = kept.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ name }) => name);
  return { objects, crds: crds.toSorted() };
}

function withPlaceholders(
  name: string,
  charts: readonly string[],
  { release, namespace }: Installation,
): string {
  const chart = charts.find((candidate) =>
    new RegExp(`(^|-)${release}-${candidate}(-|$|[^a-z0-9])`).test(name),
  );
  const named = chart === undefined ? name : name.replace(`${release}-${chart}`, `{fullname:${chart}}`);
  return named.replaceAll(word(release), '{release}').replaceAll(word(namespace), '{namespace}');
}

function word(text: string): RegExp {
  return new RegExp(`(?<![a-z0-9])${text}(?![a-z0-9])`, 'g');
}
