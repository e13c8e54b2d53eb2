import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { buildBinaries } from './build/build';
import type { ClusterEstate } from '../estate';
import type { SchemaRegistry } from '../schema/types';
import { credentialPaths } from './credentials';
import { takeDown } from './down';
import { followRepository, type RepositoryFound } from './estate-repository';
import { kubectlCommand as kubectlLine, readFolder, startLab, type Lab } from './lab';
import { openPort, resolveTarget } from './open';
import { planLab, type LabPlan } from './plan';
import { imagesIn, provideImages } from './provide-images';
import { operatedKinds, putStandIns } from './stand-in';
import { writeOperatedKinds } from './stand-in/file';
import { statusOf, type ComponentStatus } from './status';
import { logFile } from './supervisor';
import { readPlan } from './up';
import { LabError } from './wait';
import { colorsOf } from '../report/color';

const colors = colorsOf(process.stdout);

/** What `lab up` is asked for. */
export interface UpOptions {
  readonly nodes?: number;
  readonly kwok?: number;
  readonly cluster: string;
  /** That cluster's estate, where there is a project that makes it. */
  readonly project?: { readonly estate: ClusterEstate; readonly registry: SchemaRegistry };
}

/** `fluxwright lab up` */
export async function upCommand({ cluster, project, ...options }: UpOptions): Promise<void> {
  const start = Date.now();
  const seconds = (): string => `${((Date.now() - start) / 1000).toFixed(1)} s`.padStart(8);
  const lab = await startLab(options, (part) => print(`${colors.dim(seconds())}  ${part}`));
  print(`${seconds()}  the lab is up`);
  const repository = followRepository(lab.plan, process.cwd(), cluster);
  if (!repository)
    return print(`there is no dist/${cluster} in a git repository here: Flux has nothing to follow yet`);
  if (lab.plan.nodes.length > 0) await provide(lab.plan, repository.clusterFolder);
  if (project) await bring(lab, project);
  const artifact = project?.estate.info.source.url;
  if (artifact !== undefined) return followArtifact(lab, cluster, artifact, repository);
  await lab.follow(cluster, repository);
  print(followed(repository));
  if (!repository.isCommitted)
    print(`${colors.yellow('not all of it is committed')}: Flux sees what is, and nothing else`);
  print('`fluxwright status` says what is not Ready, and why');
}

/** `fluxwright lab down` */
export async function downCommand(): Promise<void> {
  await takeDown(planLab().name);
  print('the lab is gone');
}

/** `fluxwright lab status` */
export async function statusCommand(): Promise<void> {
  const statuses = await statusOf(planHere());
  const width = Math.max(...statuses.map(({ name }) => name.length));
  for (const status of statuses) print(statusLine(status, width));
  if (statuses.some(({ state }) => state !== 'ready')) process.exitCode = 1;
}

/** `fluxwright lab logs` */
export async function logsCommand(component: string, follow: boolean): Promise<void> {
  const file = logFile(planHere(), component);
  if (!existsSync(file))
    throw new LabError(`no log of ${component}: \`fluxwright lab status\` lists the components`);
  await inherit(follow ? ['tail', '-n', '+1', '-f', file] : ['cat', file]);
}

/** `fluxwright lab kubectl` */
export async function kubectlCommand(args: readonly string[]): Promise<void> {
  await inherit(kubectlLine(planHere(), args));
}

/** `fluxwright lab open` */
export async function openCommand(target: string, port: number): Promise<void> {
  const plan = planHere();
  await resolveTarget(plan, target);
  const opened = await openPort(plan, () => resolveTarget(plan, target), port);
  print(`127.0.0.1:${opened.port} leads to ${target}, until Ctrl-C`);
  if (target === 'api') print(apiHint(plan, opened.port));
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  opened.server.close();
  process.exit();
}

/** `fluxwright lab build` */
export async function buildCommand(programs: readonly string[]): Promise<void> {
  await buildBinaries(programs, print);
}

function planHere(): LabPlan {
  const plan = readPlan();
  if (!plan) throw new LabError('there is no lab: `fluxwright lab up` starts one');
  return plan;
}

/** Nobody pushes from a commit to a lab: what the folder holds now is what Flux gets. */
async function followArtifact(
  lab: Lab,
  cluster: string,
  artifact: string,
  { clusterFolder }: RepositoryFound,
): Promise<void> {
  await lab.publishArtifact(artifact, clusterFolder);
  await lab.follow(cluster, { artifact });
  print(`Flux follows ${artifact}, made of ${clusterFolder}: \`fluxwright lab up\` makes it anew`);
}

/** What comes from elsewhere, and, where nodes pretend, what stands in for charts and operators. */
async function bring(lab: Lab, { estate, registry }: NonNullable<UpOptions['project']>): Promise<void> {
  for (const brought of await lab.bringExternals(estate.info.externals)) print(`          ${brought}`);
  if (lab.plan.kwok.length === 0) return;
  for (const { chart, version, leftOut } of await putStandIns(lab.plan, estate, registry)) {
    const without = leftOut.length === 0 ? '' : `, without ${leftOut.join(', ')}`;
    print(`          a stand-in for chart ${chart} ${version}${without}`);
  }
  writeOperatedKinds(lab.plan.folder, operatedKinds(estate, registry));
}

/** A pod whose image nobody here can build stays without it: said now, not found out later. */
async function provide(plan: LabPlan, folder: string): Promise<void> {
  const images = imagesIn(readFolder(folder));
  const unknown = await provideImages(plan, images, (image) => print(`          image ${image}`));
  if (unknown.length === 0) return;
  const pretend = plan.kwok.length > 0 ? 'pods with them pretend' : 'with --kwok 3 pods with them pretend';
  print(`not to be had here: ${unknown.join(', ')}; ${pretend}`);
}

function followed({ folder, branch, path }: RepositoryFound): string {
  return `Flux follows ${path} on branch ${branch} of ${folder}: commit, and it reconciles`;
}

function apiHint({ folder }: LabPlan, port: number): string {
  const kubeconfig = credentialPaths(folder).kubeconfig('admin');
  return `kubectl --kubeconfig=${kubeconfig} --server=https://127.0.0.1:${port} get nodes`;
}

const MARKS = {
  ready: colors.green('ready'),
  stopped: colors.red('stopped'),
  'not ready': colors.yellow('not ready'),
};

function statusLine({ name, pid, state, detail }: ComponentStatus, width: number): string {
  const process = pid === undefined ? '' : colors.dim(`pid ${pid}`);
  return [name.padEnd(width), MARKS[state], process, detail].filter(Boolean).join('  ');
}

async function inherit([program = '', ...args]: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: 'inherit' });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
