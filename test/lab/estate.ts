import { setHost } from '../../src/construct/host';
import type { FluxApp } from '../../src/construct/flux-app';
import { type ClusterEstate, identityOf, type JsonObject, kindOf } from '../../src/estate';
import { crdKind } from '../../src/link';
import type { KubeClient } from '../../src/lab';
import { crdOf } from '../../src/lab/crds';
import { compileApp, type CompiledApp } from '../../src/pipeline';
import type { SchemaRegistry } from '../../src/schema/types';

/** This repository's estate, as its `main.ts` makes it. */
export function compileEstate(): CompiledApp {
  let app: FluxApp | undefined;
  setHost((synthesized) => (app = synthesized));
  try {
    require('../../main');
  } finally {
    setHost(undefined);
  }
  if (!app) throw new Error('main.ts synthesizes nothing');
  return compileApp(app);
}

/** The namespaces and CRDs without which a server cannot judge the objects of a cluster. */
export function groundFor({ objects }: ClusterEstate, registry: SchemaRegistry): JsonObject[] {
  const own = objects.filter(({ kind }) => kind === 'Namespace').map(({ body }) => body);
  const names = new Set(own.map((body) => (body['metadata'] as { name: string }).name));
  const others = new Set(objects.flatMap(({ namespace }) => namespace ?? []));
  const namespaces = [...others].filter((name) => !names.has(name)).map((name) => namespaceOf(name));
  return [...own, ...namespaces, ...customKinds(objects, registry)];
}

function namespaceOf(name: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function customKinds(objects: ClusterEstate['objects'], registry: SchemaRegistry): JsonObject[] {
  const kinds = new Map(
    objects.map(({ apiVersion, kind }) => [`${apiVersion}/${kind}`, { apiVersion, kind }]),
  );
  return [...kinds.values()].flatMap(({ apiVersion, kind }) => {
    const group = apiVersion.split('/')[0] ?? '';
    const info = isCustom(group) ? registry.info(group, kind) : undefined;
    return info ? [crdOf(info, registry)] : [];
  });
}

/** Groups of Kubernetes itself have no dot, or end in `k8s.io`; Flux's CRDs are the lab's. */
function isCustom(group: string): boolean {
  return group.includes('.') && !/(^|\.)k8s\.io$|\.fluxcd\.io$/.test(group);
}

/** Waits until everything of a ground is there. */
export async function lay(client: KubeClient, ground: readonly JsonObject[]): Promise<void> {
  for (const object of ground) await client.apply(object);
  const crds = ground.filter((body) => kindOf(identityOf(body)) === crdKind);
  for (const { metadata } of crds) await established(client, (metadata as { name: string }).name);
}

async function established(client: KubeClient, name: string): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const crd = await client.find(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
    const conditions = (crd?.status?.['conditions'] ?? []) as readonly { type: string; status: string }[];
    if (conditions.some(({ type, status }) => type === 'Established' && status === 'True')) return;
    if (Date.now() > end) throw new Error(`${name} is not established after 30 s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
