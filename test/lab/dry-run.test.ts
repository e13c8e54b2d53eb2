import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadAll } from 'js-yaml';
import { describe as called, identityOf, type JsonObject } from '../../src/estate';
import { ApiError } from '../../src/lab';
import { readFolder } from '../../src/lab/lab';
import { startAnywhere, type AnyLab } from './anywhere';
import { compileEstate, groundFor, lay } from './estate';
import { prove, table } from './proof';

const MINUTES = 60_000;
const DIST = join(__dirname, '../../dist');
const { estate, registry } = compileEstate();
const clusters = estate.clusters.map(({ info }) => info.name);
const counts = new Map<string, number>();
let lab: AnyLab;

beforeAll(async () => {
  lab = await startAnywhere('dry-run', { nodes: 0 });
  for (const cluster of estate.clusters) await lay(lab.client, groundFor(cluster, registry));
}, 5 * MINUTES);

afterAll(async () => {
  prove('dry-run', [
    '## Every object passes the API server\n',
    'A server-side dry run with `fieldValidation=Strict` of every document in `dist/`; exceptions: none.\n',
    ...table(['cluster', 'objects'], [...counts]),
  ]);
  await lab?.down();
}, MINUTES);

/** The documents that Flux applies; `kustomization.yaml` files are read by Flux itself. */
function documentsOf(cluster: string): JsonObject[] {
  const files = [...readFolder(join(DIST, cluster))].filter(
    ([path]) => !path.endsWith('/kustomization.yaml'),
  );
  return files.flatMap(([, text]) => loadAll(text) as JsonObject[]);
}

async function refusal(body: JsonObject): Promise<string[]> {
  try {
    await lab.client.apply(body, { dryRun: 'All', fieldValidation: 'Strict' });
    return [];
  } catch (error) {
    if (error instanceof ApiError) return [`${called(identityOf(body))}: ${error.message}`];
    throw error;
  }
}

test.each(clusters)(
  'every object of cluster %s passes a strict dry run of the API server',
  async (cluster) => {
    const documents = documentsOf(cluster);
    const refusals: string[] = [];
    for (const body of documents) refusals.push(...(await refusal(body)));
    expect(refusals).toEqual([]);
    expect(documents.length).toBeGreaterThan(0);
    counts.set(cluster, documents.length);
  },
  2 * MINUTES,
);

test('the same dry run refuses an unknown field and a value that a CRD forbids', async () => {
  const first = documentsOf(clusters[0]!).find(({ kind }) => kind === 'Kustomization');
  const spec = first!['spec'] as JsonObject;
  expect(await refusal({ ...first, spec: { ...spec, prunes: true } })).toEqual([
    expect.stringContaining('.spec.prunes: field not declared in schema'),
  ]);
  expect(await refusal({ ...first, spec: { ...spec, interval: 'soon' } })).toEqual([
    expect.stringContaining('spec.interval'),
  ]);
});
