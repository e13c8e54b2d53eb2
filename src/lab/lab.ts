import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { External, FileTree, Json, JsonObject } from '../estate';
import type { KubeClient } from './api/client';
import { binaryFolder } from './binaries';
import { componentsOf, type Component } from './components';
import { credentialPaths } from './credentials';
import { takeDown } from './down';
import { BRANCH, commitTree, ESTATE_URL } from './estate-repository';
import { bringExternals } from './externals';
import { putEstateArtifact } from './estate-artifact';
import {
  reconcileNow,
  rootObjects,
  waitReady,
  type FollowedArtifact,
  type FollowedBranch,
  type WaitOptions,
} from './flux';
import { machinePid, stopMachine } from './machine';
import { HUB, type LabOptions, type LabPlan } from './plan';
import { runInNetworkOf } from './pod';
import { run } from './process';
import { provideImages } from './provide-images';
import { logFile, runSteps, startComponent, stopComponent } from './supervisor';
import { bringUp, clientOf, stepsOf, type Progress } from './up';
import { LabError } from './wait';

/** A running lab, as tests and tools use it. */
export interface Lab {
  readonly plan: LabPlan;
  /** For programs inside the lab's network, where `kubectl` runs. */
  readonly kubeconfig: string;
  readonly client: KubeClient;
  /** Runs kubectl as administrator and returns what it prints. */
  kubectl(...args: readonly string[]): Promise<string>;
  /** Sends a request to the API server. */
  api(method: string, path: string, body?: Json): Promise<JsonObject>;
  /** Runs a command in a container of a pod. */
  exec(namespace: string, pod: string, command: readonly string[]): Promise<string>;
  /** Runs a program of this machine in the network of a pod; nothing of it has to be in the pod's image. */
  inNetworkOf(namespace: string, pod: string, command: readonly string[]): Promise<string>;
  /** Makes a tree, or what a folder holds, the next commit of the estate, below the folder `dist`. */
  publish(content: FileTree | string, message?: string): Promise<string>;
  /** Makes a tree, or what a folder holds, the artifact of an address like `oci://ghcr.io/acme/estate-production`. */
  publishArtifact(url: string, content: FileTree | string): Promise<string>;
  /** Builds images, puts them where nodes pull from, and returns those that nobody here knows how to build. */
  provideImages(references: readonly string[]): Promise<string[]>;
  /** Brings what an estate says comes from elsewhere, as far as a lab can, and says what it brought. */
  bringExternals(externals: readonly External[]): Promise<string[]>;
  /** Has Flux follow a cluster's folder of the estate, another branch of another repository, or an artifact. */
  follow(cluster: string, from?: Partial<FollowedBranch> | FollowedArtifact): Promise<void>;
  /** Waits until everything that Flux looks after is Ready. */
  waitReady(options?: WaitOptions): Promise<void>;
  /** Ends a component, at once with a grace of 0, or starts it again; flags given take the place of its own. */
  readonly components: {
    stop(name: string, graceSeconds?: number): Promise<void>;
    start(name: string, flags?: readonly string[]): Promise<void>;
    log(name: string): string;
  };
  /** Cuts the power of a node with everything on it, or turns it on again. */
  readonly nodes: { stop(name: string): Promise<void>; start(name: string): Promise<void> };
  down(): Promise<void>;
}

/**
 * Starts a lab, or completes the one of that name.
 *
 * @example
 * const lab = await startLab({ nodes: 3 });
 * await lab.publish('dist');
 * await lab.follow('lab');
 * await lab.waitReady();
 */
export async function startLab(options: LabOptions = {}, onReady: Progress = () => {}): Promise<Lab> {
  return openLab(await bringUp(options, onReady));
}

/** The handle of a lab that is up. */
export function openLab(plan: LabPlan): Lab {
  const client = clientOf(plan);
  const kubeconfig = credentialPaths(plan.folder).kubeconfig('admin');
  const kubectl = (...args: readonly string[]): Promise<string> => runKubectl(plan, args);
  return {
    plan,
    kubeconfig,
    client,
    kubectl,
    api: (method, path, body) => client.request(method, path, body),
    exec: (namespace, pod, command) =>
      foundContainer(() => kubectl('exec', '--namespace', namespace, pod, '--', ...command)),
    inNetworkOf: async (namespace, pod, command) => {
      const found = await client.find(`/api/v1/namespaces/${namespace}/pods/${pod}`);
      if (!found) throw new LabError(`there is no pod ${namespace}/${pod}`);
      return runInNetworkOf(plan, found, command);
    },
    publish: (content, message = 'A revision for the lab') => publish(plan, client, content, message),
    publishArtifact: (url, content) => publishArtifact(plan, client, url, content),
    provideImages: (references) => provideImages(plan, references),
    bringExternals: (externals) => bringExternals(client, externals),
    follow: (cluster, from) => follow(client, cluster, from),
    waitReady: (options = {}) => waitReady(client, options, logFile(plan, 'kustomize-controller')),
    components: {
      stop: (name, graceSeconds) => stopComponent(plan, name, graceSeconds),
      start: (name, flags = []) => startComponent(plan, withFlags(componentOf(plan, name), flags)),
      log: (name) => readFileSync(logFile(plan, name), 'utf8'),
    },
    nodes: { stop: (name) => stopMachine(plan, name), start: (name) => startNode(plan, name) },
    down: () => takeDown(plan.name),
  };
}

/** The command line that runs kubectl inside a lab's network, with the files of whoever calls it. */
export function kubectlCommand(plan: LabPlan, args: readonly string[]): string[] {
  const hub = machinePid(plan, HUB);
  if (hub === undefined) throw new LabError('the lab does not run: `fluxwright lab up` starts it');
  const kubeconfig = `--kubeconfig=${credentialPaths(plan.folder).kubeconfig('admin')}`;
  return ['nsenter', `--target=${hub}`, '--net', '--', join(binaryFolder(), 'kubectl'), kubeconfig, ...args];
}

async function runKubectl(plan: LabPlan, args: readonly string[]): Promise<string> {
  const [program = '', ...rest] = kubectlCommand(plan, args);
  return run(program, rest, 600);
}

const SECONDS_TO_FIND = 15;

/** A busy kubelet finds a new container some moments after it said that it runs. */
async function foundContainer(work: () => Promise<string>): Promise<string> {
  const end = Date.now() + SECONDS_TO_FIND * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isEarly = (error as Error).message.includes('container not found') && Date.now() < end;
      if (!isEarly) throw error;
      await sleep(500);
    }
  }
}

async function publish(
  plan: LabPlan,
  client: KubeClient,
  content: FileTree | string,
  message: string,
): Promise<string> {
  const files = new Map([...treeOf(content)].map(([path, text]) => [`dist/${path}`, text]));
  const revision = await commitTree(plan, files, message);
  await reconcileNow(client);
  return revision;
}

async function publishArtifact(
  plan: LabPlan,
  client: KubeClient,
  url: string,
  content: FileTree | string,
): Promise<string> {
  const digest = await putEstateArtifact(plan, url, treeOf(content));
  await reconcileNow(client);
  return digest;
}

async function follow(
  client: KubeClient,
  cluster: string,
  from: Partial<FollowedBranch> | FollowedArtifact = {},
): Promise<void> {
  const path = `./dist/${cluster}/flux-system`;
  const followed = 'artifact' in from ? from : { url: ESTATE_URL, branch: BRANCH, path, ...from };
  for (const object of rootObjects(followed)) await client.apply(object);
}

function treeOf(content: FileTree | string): FileTree {
  return typeof content === 'string' ? readFolder(content) : content;
}

/** What a folder holds, as text. */
export function readFolder(folder: string): FileTree {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(folder, file).replaceAll(sep, '/'), readFileSync(file, 'utf8')];
    }),
  );
}

function componentOf(plan: LabPlan, name: string): Component {
  const component = componentsOf(plan).find((one) => one.name === name);
  if (!component)
    throw new LabError(`the lab has no component ${name}: \`fluxwright lab status\` lists them`);
  return component;
}

/** Of a flag that is given twice, programs take the last. */
function withFlags(component: Component, flags: readonly string[]): Component {
  return { ...component, command: [...component.command, ...flags] };
}

async function startNode(plan: LabPlan, name: string): Promise<void> {
  const isOfNode = (step: string): boolean => step.split(/[ /]/).includes(name);
  const steps = stepsOf(plan).filter((step) => isOfNode(step.name));
  const own = new Set(steps.map((step) => step.name));
  await runSteps(steps.map((step) => ({ ...step, after: step.after.filter((other) => own.has(other)) })));
}
