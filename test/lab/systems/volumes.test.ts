import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiObject, JsonPatch } from 'cdk8s';
import { KindCluster } from '../../../charts/clusters/kind';
import { LabCluster } from '../../../charts/clusters/lab';
import { FluxApp, ignore } from '../../../src';
import { textIn } from '../../../src/estate';
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
function grown(size: string, isAllowed = false): CompiledApp {
  const app = new FluxApp({ dist: join(repository, 'dist'), ops: join(repository, 'ops') });
  new KindCluster(app);
  const found = new LabCluster(app).node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  const set = found.find(({ kind, name }) => kind === 'StatefulSet' && name === zookeeper.name);
  for (const template of [0, 1])
    set?.addJsonPatch(
      JsonPatch.replace(`/spec/volumeClaimTemplates/${template}/spec/resources/requests/storage`, size),
    );
  if (set && isAllowed) ignore(set, 'immutable-field', 'recreated by hand');
  return compileApp(app);
}

/** Runs a command as it is printed; of Flux's own, what it does to the cluster. */
async function runPrinted(command: string): Promise<void> {
  const [program, ...args] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  if (program === 'kubectl') return void (await lab.kubectl(...args));
  const [verb, kind, unit] = args;
  if (program !== 'flux' || kind !== 'kustomization') throw new Error(`nobody here can run ${command}`);
  const patch = JSON.stringify({ spec: { suspend: verb === 'suspend' } });
  await lab.kubectl(
    '--namespace=flux-system',
    'patch',
    'kustomization',
    unit!,
    '--type=merge',
    '--field-manager=flux',
    `--patch=${patch}`,
  );
}

/** Follows a refusal's steps to the letter. */
async function follow(fix: string, size: string): Promise<string> {
  let revision = '';
  for (const step of fix.split('\n')) {
    const [, command, sentence] = /^\d+\. (?:`([^`]+)`|(.*)$)/.exec(step) ?? [];
    if (command) await runPrinted(command);
    else if (sentence?.startsWith('commit this change with ignore('))
      revision = await committed(grown(size, true));
    else if (sentence === 'remove ignore(…) in the next commit') revision = await committed(grown(size));
    else throw new Error(`nobody can follow "${step}"`);
  }
  return revision;
}

/** Commits what the checker lets pass. */
async function committed({ dist, tree, previous, findings }: CompiledApp): Promise<string> {
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  write(dist, tree, { allowRemoval: true, previous: previous.files });
  commit();
  return lab.publish(tree);
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
    const change = grown('2Gi');
    const errors = change.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, object }) => `${rule} ${object?.name}`)).toEqual([
      'immutable-field zookeeper',
    ]);
    const revision = await follow(errors[0]!.fix, '2Gi');
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
    expect(grown('2Gi').findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    shown.push(
      `The six volumes of ZooKeeper in cluster \`${CLUSTER}\` were to grow from 1Gi to 2Gi. \`immutable-field\` refused the commit and printed:`,
      errors[0]!.fix,
      'Followed to the letter: every claim and volume is the same and has 2Gi, no pod was restarted, the value written before was read.',
    );
  },
  8 * MINUTES,
);
