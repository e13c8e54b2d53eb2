import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type * as Commands from '../lab/commands';
import type * as Project from './project';
import { noCluster } from './no-cluster';
import { UsageError } from './usage-error';

const DESCRIPTION = `run a real Kubernetes with real Flux on this machine, without Docker or a network

The lab is a set of plain processes in namespaces of their own: nothing of it reaches the network or is
reached from it. It needs Linux and root.`;

const EXAMPLES = `
Examples:
  # A control plane, three real nodes and Flux, which follows this repository
  $ sudo fluxwright lab up

  # What runs there
  $ sudo fluxwright lab kubectl get pods --all-namespaces

  # A page of it in the browser, then the end of it
  $ sudo fluxwright lab open shop/frontend:80
  $ sudo fluxwright lab down`;

/** `fluxwright lab` and its commands. */
export function labCommand(): Command {
  const lab = new Command('lab')
    .description(DESCRIPTION)
    .summary('a real cluster on this machine')
    .addHelpText('after', EXAMPLES);
  lab.enablePositionalOptions();
  for (const command of [up, down, status, logs, kubectl, open, build]) lab.addCommand(command());
  return lab;
}

function up(): Command {
  return new Command('up')
    .description('start the lab, or complete it, and have its Flux follow the repository around this folder')
    .option('--nodes <count>', 'real nodes, which run containers (default: 3)', wholeNumber)
    .option('--kwok <count>', 'nodes that only pretend to (default: 0)', wholeNumber)
    .option(
      '--cluster <name>',
      'the cluster of the estate that Flux is to follow (default: the only one, or lab)',
    )
    .action((options: Asked) =>
      act(async ({ upCommand }) => upCommand({ ...options, ...(await chosen(options.cluster)) })),
    );
}

/** `lab up` as it was called. */
type Asked = Omit<Commands.UpOptions, 'cluster' | 'project'> & { readonly cluster?: string };

/** The cluster that Flux is to follow and, where there is a project that makes it, its estate. */
async function chosen(name: string | undefined): Promise<Pick<Commands.UpOptions, 'cluster' | 'project'>> {
  const { compileProject, hasProject } = require('./project') as typeof Project;
  if (!hasProject()) return { cluster: clusterNamed(name, committedClusters()) };
  const { estate, registry } = await compileProject({});
  const names = estate.clusters.map(({ info }) => info.name);
  const cluster = clusterNamed(name, names);
  const found = estate.clusters.find(({ info }) => info.name === cluster);
  return found ? { cluster, project: { estate: found, registry } } : { cluster };
}

function clusterNamed(name: string | undefined, names: readonly string[]): string {
  const [only = 'lab'] = names.length === 1 ? names : [];
  const cluster = name ?? only;
  if (names.length === 0 || names.includes(cluster)) return cluster;
  if (name !== undefined) throw noCluster(name, names);
  throw new UsageError(`say which cluster Flux is to follow with --cluster: there are ${names.join(', ')}`);
}

function committedClusters(): string[] {
  if (!existsSync('dist')) return [];
  return readdirSync('dist').filter((name) => existsSync(join('dist', name, 'flux-system')));
}

function down(): Command {
  return new Command('down')
    .description('end the lab and remove every trace of it')
    .action(() => act(({ downCommand }) => downCommand()));
}

function status(): Command {
  return new Command('status')
    .description('say of every part of the lab how it is')
    .action(() => act(({ statusCommand }) => statusCommand()));
}

function logs(): Command {
  return new Command('logs')
    .description('print the log of a component, e.g. kube-apiserver or node-1/kubelet')
    .argument('<component>')
    .option('-f, --follow', 'go on as it grows', false)
    .action((component: string, options: { follow: boolean }) =>
      act(({ logsCommand }) => logsCommand(component, options.follow)),
    );
}

function kubectl(): Command {
  return new Command('kubectl')
    .description('run kubectl as administrator of the lab')
    .argument('[args...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((args: string[]) => act(({ kubectlCommand }) => kubectlCommand(args)));
}

function open(): Command {
  return new Command('open')
    .description('open a port on loopback that leads into the lab, until Ctrl-C')
    .argument('[target]', 'api, <namespace>/<service>:<port> or <address>:<port>', 'api')
    .option('--port <number>', 'the port on loopback (default: a free one)', wholeNumber, 0)
    .action((target: string, options: { port: number }) =>
      act(({ openCommand }) => openCommand(target, options.port)),
    );
}

function build(): Command {
  return new Command('build')
    .description('build the programs of the lab from their Go modules')
    .argument('[programs...]', 'only these (default: those that are missing)')
    .action((programs: string[]) => act(({ buildCommand }) => buildCommand(programs)));
}

async function act(action: (commands: typeof Commands) => Promise<void>): Promise<void> {
  try {
    await action(require('../lab/commands') as typeof Commands);
  } catch (error) {
    const isPlain = error instanceof Error && ['LabError', 'RangeError', 'ApiError'].includes(error.name);
    throw isPlain ? new UsageError(error.message) : error;
  }
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}
