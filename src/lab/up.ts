import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../estate';
import { readConnection } from './api/connection';
import { KubeClient } from './api/client';
import { prepareBinaries } from './binaries';
import { componentsOf } from './components';
import { fluxCrds } from './crds';
import { credentialPaths, writeCredentials } from './credentials';
import { gatewaySocket } from './gateway';
import { createEstateRepository } from './estate-repository';
import { locked } from './lock';
import { startHub, startNodeMachine } from './machine';
import { baseObjects, kwokObjects, nodeObjects } from './objects';
import { NETWORK, planLab, type LabOptions, type LabPlan } from './plan';
import { putPauseImage } from './pause-image';
import { checkRequirements } from './requirements';
import { logFile, runSteps, startComponent, type Step } from './supervisor';
import { LabError, waitFor } from './wait';

/** Hears of every part of a lab that got ready. */
export type Progress = (part: string) => void;

/** Makes a lab from nothing, or completes one that is there. */
export async function bringUp(options: LabOptions, onReady: Progress): Promise<LabPlan> {
  checkRequirements();
  const plan = growPlan(options);
  await prepareBinaries();
  return locked(plan.folder, async () => {
    await prepareFolder(plan);
    await runSteps(stepsOf(plan), onReady);
    return plan;
  });
}

/** What is not said stays as it is: nodes are added, never taken away. */
function growPlan(options: LabOptions): LabPlan {
  const old = readPlan(options.name);
  if (!old) return planLab(options);
  const plan = planLab({ name: old.name, nodes: old.nodes.length, kwok: old.kwok.length, ...options });
  const isSmaller = plan.nodes.length < old.nodes.length || plan.kwok.length < old.kwok.length;
  if (!isSmaller) return plan;
  const has = `${old.nodes.length} real and ${old.kwok.length} pretended nodes`;
  throw new LabError(`the lab has ${has} and cannot lose any: run \`fluxwright lab down\` first`);
}

/** The plan of the lab of a name, if there is one. */
export function readPlan(name = 'lab'): LabPlan | undefined {
  const file = optionsFile(planLab({ name }).folder);
  return existsSync(file) ? planLab(JSON.parse(readFileSync(file, 'utf8')) as LabOptions) : undefined;
}

/** A client of a lab's API server, from outside of its network. */
export function clientOf(plan: LabPlan): KubeClient {
  return new KubeClient(
    readConnection(credentialPaths(plan.folder).kubeconfig('admin'), gatewaySocket(plan)),
  );
}

/** Everything that there is to do, in an order that only `after` gives. */
export function stepsOf(plan: LabPlan): Step[] {
  const api = ['kube-apiserver'];
  return [
    { name: 'machine hub', after: [], run: () => startHub(plan) },
    ...plan.nodes.map((node) => ({
      name: `machine ${node.name}`,
      after: ['machine hub'],
      run: () => startNodeMachine(plan, node),
    })),
    ...componentsOf(plan).map((component) => ({
      name: component.name,
      after: component.after,
      run: () => startComponent(plan, component),
    })),
    { name: 'nodes registered', after: api, run: () => applyAll(plan, nodeObjects(plan)) },
    { name: 'objects', after: api, run: () => applyBase(plan) },
    { name: 'pods admitted', after: ['kube-controller-manager'], run: () => podsAdmitted(plan) },
    ...plan.nodes.map(({ name }) => ({
      name: `${name} Ready`,
      after: [`${name}/kubelet`, `${name}/kube-router`],
      run: () => nodeReady(plan, name),
    })),
  ];
}

async function prepareFolder(plan: LabPlan): Promise<void> {
  for (const own of ['home', 'tmp', 'bin', 'flux']) mkdirSync(join(plan.folder, own), { recursive: true });
  writeFileSync(join(plan.folder, 'resolv.conf'), `nameserver ${NETWORK.hub}\n`);
  writeCredentials(plan);
  await putPauseImage(plan);
  createEstateRepository(plan);
  const options = { name: plan.name, nodes: plan.nodes.length, kwok: plan.kwok.length };
  writeFileSync(optionsFile(plan.folder), JSON.stringify(options));
}

function optionsFile(folder: string): string {
  return join(folder, 'lab.json');
}

async function applyBase(plan: LabPlan): Promise<void> {
  await applyAll(plan, baseObjects(plan));
  const crds = fluxCrds();
  await applyAll(plan, [...crds, ...kwokObjects(plan)]);
  const client = clientOf(plan);
  await Promise.all(crds.map((crd) => established(client, crd)));
}

async function applyAll(plan: LabPlan, objects: readonly JsonObject[]): Promise<void> {
  const client = clientOf(plan);
  await Promise.all(objects.map((object) => client.apply(object)));
}

async function established(client: KubeClient, crd: JsonObject): Promise<void> {
  const { name } = crd['metadata'] as { readonly name: string };
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
  await hasCondition(client, path, 'Established', 30);
}

/** No pod is let in before its namespace has the account that pods have unless they are told otherwise. */
async function podsAdmitted(plan: LabPlan): Promise<void> {
  const account = '/api/v1/namespaces/default/serviceaccounts/default';
  const missing = async (): Promise<string | undefined> =>
    (await clientOf(plan).find(account)) ? undefined : 'the account does not exist';
  const log = logFile(plan, 'kube-controller-manager');
  await waitFor({ what: 'pods are not admitted', seconds: 30, missing, log });
}

async function nodeReady(plan: LabPlan, name: string): Promise<void> {
  await hasCondition(clientOf(plan), `/api/v1/nodes/${name}`, 'Ready', 120, logFile(plan, `${name}/kubelet`));
}

async function hasCondition(
  client: KubeClient,
  path: string,
  type: string,
  seconds: number,
  log = '',
): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const status = (await client.find(path))?.status;
    const conditions = (status?.['conditions'] ?? []) as readonly {
      type: string;
      status: string;
      message?: string;
    }[];
    const found = conditions.find((condition) => condition.type === type);
    return found?.status === 'True' ? undefined : (found?.message ?? `no condition ${type}`);
  };
  await waitFor({ what: `${path} is not ${type}`, seconds, missing, log });
}
