import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ClusterEstate } from '../estate';
import { readFolderEstate } from '../foreign';
import { ApiError, KubeClient } from '../lab/api/client';
import { readConnection } from '../lab/api/connection';
import { clientOf, readPlan } from '../lab/up';
import { projectRegistry } from '../pipeline';
import { isColored } from '../report/color';
import { locate } from '../report/locate';
import type { SchemaRegistry } from '../schema/types';
import { type ClusterStatus, diagnose, likelyClusters, readCluster, statusText } from '../status';
import { noCluster } from './no-cluster';
import { printJson } from './output';
import { compileProject, hasProject } from './project';
import type { StatusOptions } from './status';
import { UsageError } from './usage-error';

/** Say how a cluster is. */
export async function runStatus(options: StatusOptions): Promise<void> {
  const status = await asked(() => statusOf(options));
  if (options.json) printJson(withLines(status));
  else process.stdout.write(statusText(status, { color: isColored(process.stdout) }));
  if (!status.isReady) process.exitCode = 1;
}

interface Known {
  readonly clusters: readonly ClusterEstate[];
  readonly registry: SchemaRegistry;
}

async function statusOf(options: StatusOptions): Promise<ClusterStatus> {
  const known = await knownHere(options);
  const client = clientFor(options);
  const kustomizations = await client.list('/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations');
  const cluster = choose(likelyClusters(known.clusters, kustomizations), known.clusters, options.cluster);
  return diagnose(await readCluster(client, cluster, known.registry), cluster);
}

/** What the program here makes, else what is committed. */
async function knownHere({ app }: StatusOptions): Promise<Known> {
  if (app !== undefined || hasProject()) {
    const { estate, registry } = await compileProject(app === undefined ? {} : { app });
    return { clusters: estate.clusters, registry };
  }
  const registry = projectRegistry('imports');
  return existsSync('dist') ? readFolderEstate('dist', registry) : { clusters: [], registry };
}

function choose(
  likely: readonly ClusterEstate[],
  all: readonly ClusterEstate[],
  name: string | undefined,
): ClusterEstate | undefined {
  const names = all.map(({ info }) => info.name);
  if (name === undefined) {
    if (likely.length > 1)
      throw new UsageError(
        `the cluster may be more than one of ${names.join(', ')}: say which with --cluster`,
      );
    return likely[0];
  }
  const named = all.find(({ info }) => info.name === name);
  if (!named) throw noCluster(name, names);
  return named;
}

/** Whom somebody names, else the lab that runs here, else whom kubectl would ask. */
function clientFor({ kubeconfig = process.env['KUBECONFIG'], context }: StatusOptions): KubeClient {
  if (kubeconfig) return clientOfFile(kubeconfig, context);
  const plan = readPlan();
  if (plan && context === undefined) return clientOf(plan);
  const usual = join(homedir(), '.kube', 'config');
  if (existsSync(usual)) return clientOfFile(usual, context);
  throw new UsageError(
    'there is no cluster to look at: name its --kubeconfig, or start one with fluxwright lab up',
  );
}

function clientOfFile(file: string, context: string | undefined): KubeClient {
  try {
    return new KubeClient(readConnection(file, undefined, context));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A cluster that does not answer, or does not want to, is no fault of the program. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof ApiError || (code !== undefined && code !== 'MODULE_NOT_FOUND'))
      throw new UsageError(`the cluster does not answer: ${message || code}`);
    throw error;
  }
}

/** Every finding with the line of its field. */
function withLines({ causes, warnings, ...status }: ClusterStatus): unknown {
  const located = causes.map(({ finding, ...cause }) => ({ ...cause, finding: locate([finding])[0] }));
  return { ...status, causes: located, warnings: locate(warnings) };
}
