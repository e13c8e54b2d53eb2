import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiObject, JsonPatch } from 'cdk8s';
import { KindCluster } from '../../../charts/clusters/kind';
import { LabCluster } from '../../../charts/clusters/lab';
import { FluxApp, ignore } from '../../../src';
import { type Finding, textIn } from '../../../src/estate';
import { type Lab, waitFor } from '../../../src/lab';
import { compileApp, type CompiledApp } from '../../../src/pipeline';
import { write } from '../../../src/write';
import { prove } from '../proof';
import { systems } from './asking';
import { type Keeper, keeper } from './kept';
import { allReady, CLUSTER, distTree, identitiesOf, MINUTES, patient, podsOf, runningLab } from './running';

const zookeeper = systems.find(({ name }) => name === 'zookeeper')!;
const shown: string[] = [];
let lab: Lab;
let data: Keeper;
let repository: string;

beforeAll(async () => {
  lab = await runningLab();
  data = keeper(lab);
  repository = mkdtempSync(join(tmpdir(), 'fluxwright-volumes-'));
  git('init', '--quiet');
  write(join(repository, 'dist'), distTree(), { allowRemoval: true, previous: new Map() });
  commit();
}, 12 * MINUTES);

afterAll(() => {
  rmSync(repository, { recursive: true, force: true });
  prove('volumes', ['## A volume grows\n', ...shown.map((line) => `${line}\n`)]);
});

function git(...args: readonly string[]): void {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  execFileSync('git', [...author, ...args], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
}

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message=x');
}

/** This repository's estate with volumes of another size for ZooKeeper. */
function grown(size: string, isIgnored = false): CompiledApp {
  const app = new FluxApp({ dist: join(repository, 'dist'), ops: join(repository, 'ops') });
  new KindCluster(app);
  const found = new LabCluster(app).node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  const set = found.find(({ kind, name }) => kind === 'StatefulSet' && name === zookeeper.name)!;
  for (const template of [0, 1]) {
    const path = `/spec/volumeClaimTemplates/${template}/spec/resources/requests/storage`;
    set.addJsonPatch(JsonPatch.replace(path, size));
  }
  if (isIgnored) ignore(set, 'immutable-field', 'its claims have grown');
  return compileApp(app);
}

function errorsOf({ findings }: CompiledApp): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** Runs a command as it is printed; of Flux's own, what it does to the cluster. */
async function runPrinted(command: string): Promise<void> {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const [program, verb, kind, unit = ''] = words;
  if (program === 'kubectl') return void (await lab.kubectl(...words.slice(1)));
  if (`${program} ${verb} ${kind}` !== 'flux reconcile kustomization')
    throw new Error(`nobody here can run ${command}`);
  const now = `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`;
  await lab.kubectl('--namespace=flux-system', 'annotate', '--overwrite', 'kustomization', unit, now);
}

/** Writes, commits and publishes an estate, as its owner would. */
async function publish(change: CompiledApp): Promise<string> {
  expect(errorsOf(change)).toEqual([]);
  write(change.dist, change.tree, { allowRemoval: true, previous: change.previous.files });
  commit();
  return lab.publish(change.tree);
}

/** Follows a refusal's steps to the letter. */
async function follow(fix: string, size: string): Promise<string> {
  let revision = '';
  for (const step of fix.split('\n')) {
    const [, command, sentence] = /^\d+\. (?:`([^`]+)`|(.*)$)/.exec(step) ?? [];
    if (command) await runPrinted(command);
    else if (sentence?.startsWith('commit'))
      revision = await publish(grown(size, sentence.includes(' with `ignore(')));
    else throw new Error(`nobody can follow "${step}"`);
  }
  return revision;
}

async function claimsOf(): Promise<readonly { readonly name: string; readonly size: string | undefined }[]> {
  const claims = await lab.client.list(`/api/v1/namespaces/${zookeeper.namespace}/persistentvolumeclaims`);
  return claims.map(({ metadata: { name }, status }) => ({
    name,
    size: textIn(status, 'capacity', 'storage'),
  }));
}

const ids = async (): Promise<readonly string[]> =>
  (await podsOf(lab, zookeeper)).map(({ metadata }) => metadata.uid!);
const isClaim = (identity: string): boolean => /^\S+ data(log)?-/.test(identity);

test(
  'volumes that grow are refused in a commit alone; the steps that the refusal prints grow them, and pods and data stay',
  async () => {
    await data.put(zookeeper);
    const [pods, claims] = [await ids(), (await identitiesOf(lab)).filter(isClaim)];
    const [refusal, ...others] = errorsOf(grown('2Gi'));
    expect([refusal?.rule, refusal?.object?.name, others]).toEqual(['immutable-field', 'zookeeper', []]);
    const revision = await follow(refusal!.fix, '2Gi');
    await allReady(lab, revision);
    const missing = async (): Promise<string | undefined> =>
      (await claimsOf())
        .filter(({ size }) => size !== '2Gi')
        .map(({ name, size }) => `${name} has ${size}`)
        .join(', ') || undefined;
    await waitFor({ what: 'claims have not grown', seconds: 60, missing: patient(missing) });
    expect((await identitiesOf(lab)).filter(isClaim)).toEqual(claims);
    expect(await ids()).toEqual(pods);
    await data.isWhole(zookeeper);
    await data.gives(zookeeper);
    shown.push(
      `The six volumes of ZooKeeper in cluster \`${CLUSTER}\` were to grow from 1Gi to 2Gi. \`immutable-field\` refused the commit and printed:`,
      refusal!.fix,
      'Followed to the letter: every claim and volume is the same and has 2Gi, no pod was restarted, the value written before was read.',
    );
  },
  8 * MINUTES,
);
