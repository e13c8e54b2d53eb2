import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import colors from 'picocolors';
import { buildBinaries } from './build/build';
import type { External } from '../estate';
import { credentialPaths } from './credentials';
import { takeDown } from './down';
import { followRepository, type RepositoryFound } from './estate-repository';
import { kubectlCommand as kubectlLine, readFolder, startLab } from './lab';
import { openPort, resolveTarget } from './open';
import { planLab, type LabPlan } from './plan';
import { imagesIn, provideImages } from './provide-images';
import { statusOf, type ComponentStatus } from './status';
import { logFile } from './supervisor';
import { readPlan } from './up';
import { LabError } from './wait';

/** What `lab up` is asked for. */
export interface UpOptions {
  readonly nodes?: number;
  readonly kwok?: number;
  readonly cluster: string;
  /** What that cluster's estate says comes from elsewhere. */
  readonly externals: readonly External[];
}

/** `fluxwright lab up` */
export async function upCommand({ cluster, externals, ...options }: UpOptions): Promise<void> {
  const start = Date.now();
  const seconds = (): string => `${((Date.now() - start) / 1000).toFixed(1)} s`.padStart(8);
  const lab = await startLab(options, (part) => print(`${colors.dim(seconds())}  ${part}`));
  print(`${seconds()}  the lab is up`);
  const repository = followRepository(lab.plan, process.cwd(), cluster);
  if (!repository)
    return print(`there is no dist/${cluster} in a git repository here: Flux has nothing to follow yet`);
  await provide(lab.plan, repository.clusterFolder);
  for (const brought of await lab.bringExternals(externals)) print(`          ${brought}`);
  await lab.follow(cluster, repository);
  print(followed(repository));
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

/** A pod whose image nobody here can build stays without it: said now, not found out later. */
async function provide(plan: LabPlan, folder: string): Promise<void> {
  const images = imagesIn(readFolder(folder));
  const unknown = await provideImages(plan, images, (image) => print(`          image ${image}`));
  if (unknown.length > 0) print(`not to be had here: ${unknown.join(', ')}`);
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
