import { randomBytes } from 'node:crypto';
import { describe, type External, type Generated, identityOf, type JsonObject } from '../estate';
import { crdKind } from '../link';
import { openRegistry, packageImports } from '../schema/registry';
import type { SchemaRegistry } from '../schema/types';
import type { KubeClient } from './api/client';
import { crdOf } from './crds';

/**
 * Brings what an estate says comes from elsewhere, as far as a lab can: the CRDs of kinds that are known, and the
 * Secrets that may be made up. What is there stays as it is. Returns what it brought.
 */
export async function bringExternals(
  client: KubeClient,
  externals: readonly External[],
  registry: SchemaRegistry = openRegistry([packageImports()]),
): Promise<string[]> {
  const brought: string[] = [];
  for (const object of externals.flatMap((external) => externalObjects(external, registry))) {
    if (await client.find(await client.pathOf(object))) continue;
    await client.apply(object);
    brought.push(describe(identityOf(object)));
  }
  return brought;
}

/** The objects that stand for an external, in their order; none where nobody can know what it is. */
export function externalObjects(external: External, registry: SchemaRegistry): JsonObject[] {
  const { kind, namespace, name, generate } = external;
  if (kind === 'Secret' && namespace !== undefined && generate)
    return [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'v1', kind, metadata: { name, namespace }, stringData: madeUp(generate) },
    ];
  const info = kind === crdKind ? registry.infoOfCrd(name) : undefined;
  return info ? [crdOf(info, registry)] : [];
}

function madeUp(generate: { readonly [key: string]: Generated }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(generate).map(([key, form]) => [key, random(form)]));
}

function random(form: Generated): string {
  const [encoding, bytes] = form.split(':') as ['base64' | 'hex', string];
  return randomBytes(Number(bytes)).toString(encoding);
}
