import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileTree } from '../../../src/estate';
import { type Lab, waitFor } from '../../../src/lab';
import { prove, table } from '../proof';
import { systems } from './asking';
import { type Keeper, keeper } from './kept';
import {
  allReady,
  CLUSTER,
  distTree,
  identitiesOf,
  livePods,
  loseNode,
  MINUTES,
  patient,
  returnNode,
  runningLab,
} from './running';

const rows: (string | number)[][] = [];
let lab: Lab;
let data: Keeper;
let identities: readonly string[];

beforeAll(async () => {
  lab = await runningLab();
  data = keeper(lab);
  for (const system of systems) await data.put(system);
  identities = await identitiesOf(lab);
}, 12 * MINUTES);

afterAll(() => {
  prove('restart', [
    `## Cluster \`${CLUSTER}\` after a restart\n`,
    'Each was killed; a commit was made while it was away; after it was started again, that commit was applied everywhere, every pod was Ready, every StatefulSet, claim and volume was the same, and every system gave back a value that was put before.\n',
    ...table(['killed', 'converged after (s)', 'pods that stayed the same'], rows),
    '',
  ]);
});

/** The estate with one line more, which changes no pod: whether it arrives tells whether commits do. */
function marked(mark: string): FileTree {
  const tree = new Map(distTree());
  const path = `${CLUSTER}/namespaces/_cluster/namespace_appdev.yaml`;
  tree.set(
    path,
    tree.get(path)!.replace('metadata:\n', `metadata:\n  annotations:\n    fluxwright.dev/mark: ${mark}\n`),
  );
  return tree;
}

async function arrived(mark: string): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const found = (await lab.client.find('/api/v1/namespaces/appdev'))?.metadata.annotations?.[
      'fluxwright.dev/mark'
    ];
    return found === mark ? undefined : `the Namespace says ${found}`;
  };
  await waitFor({ what: 'the commit has not arrived', seconds: 120, missing: patient(missing) });
}

const podIds = async (): Promise<ReadonlySet<string>> =>
  new Set((await livePods(lab)).map(({ metadata }) => metadata.uid!));

/**
 * Loses something, commits meanwhile, mends it, and sees that the commit and all data are there. Which StatefulSets,
 * claims and volumes there are then.
 */
async function survives(
  what: string,
  lose: () => Promise<void>,
  mend: () => Promise<void>,
): Promise<readonly string[]> {
  const before = await podIds();
  await lose();
  const mark = what.replaceAll(/\W+/g, '-');
  // Without the API server Flux cannot be told; the commit is there all the same.
  await lab.publish(marked(mark)).catch(() => undefined);
  const start = Date.now();
  await mend();
  const revision = await lab.publish(marked(mark));
  await allReady(lab, revision);
  await arrived(mark);
  const seconds = Math.round((Date.now() - start) / 1000);
  for (const system of systems) await data.gives(system);
  const after = await podIds();
  rows.push([what, seconds, `${[...before].filter((id) => after.has(id)).length} of ${before.size}`]);
  return identitiesOf(lab);
}

test.each(['etcd', 'kube-apiserver', 'source-controller', 'kustomize-controller', 'helm-controller'])(
  '%s is killed and comes back: what was committed meanwhile arrives, and nothing is lost',
  async (name) => {
    const stop = (): Promise<void> => lab.components.stop(name, 0);
    expect(await survives(name, stop, () => lab.components.start(name))).toEqual(identities);
  },
  8 * MINUTES,
);

test(
  'a node is killed and comes back: what was committed meanwhile arrives, and nothing is lost',
  async () => {
    const [lose, mend] = [() => loseNode(lab, 'node-3'), () => returnNode(lab, 'node-3')];
    expect(await survives('node-3', lose, mend)).toEqual(identities);
  },
  10 * MINUTES,
);
