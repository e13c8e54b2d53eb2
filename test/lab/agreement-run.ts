/**
 * Compares the checker with a real API server: `node --import tsx test/lab/agreement-run.ts <kubeconfig> [crds|core|changes] [kind]`.
 * The CRDs must be installed and the namespace `lab` be there. Prints a line for each kind and the disagreements, and
 * writes all of them as JSON to the file that AGREEMENT_JSON names.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { JsonObject } from '../../src/estate';
import { compactCrd } from '../../src/import/compact-crd';
import { kubernetesKinds } from '../../src/import/kubernetes';
import type { KindSchema } from '../../src/schema/types';
import { validate } from '../../src/schema/validate';
import { compare, compareChanges, type Agreement } from './agreement';
import { sampleObjectOf } from './agreement-samples';
import { serverOf } from './agreement-server';

const upstream = process.env['FLUXWRIGHT_UPSTREAM'] ?? '../shared/upstream';

interface Case {
  readonly schema: KindSchema;
  readonly body: JsonObject;
}

function coreCases(): Case[] {
  const kinds = kubernetesKinds(
    JSON.parse(readFileSync(join(upstream, 'kubernetes/openapi-v3-1.35.json'), 'utf8')) as JsonObject,
  );
  return [...handMade('core.yaml', kinds), ...handMade('rich.yaml', kinds)];
}

/** The samples of a file, with their schemas. */
function handMade(file: string, kinds: readonly KindSchema[]): Case[] {
  const samples = loadAll(readFileSync(join(__dirname, '../schema/samples', file), 'utf8')) as JsonObject[];
  return samples.map((body) => {
    const schema = kinds.find(
      (kind) =>
        kind.kind === body['kind'] &&
        `${kind.group}/${kind.version}`.replace(/^\//, '') === body['apiVersion'],
    );
    if (!schema) throw new Error(`no schema for ${JSON.stringify(body['kind'])}`);
    return { schema, body };
  });
}

function customSchemas(): KindSchema[] {
  return readdirSync(join(upstream, 'crds'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .flatMap((file) => loadAll(readFileSync(join(upstream, 'crds', file), 'utf8')) as JsonObject[])
    .flatMap((crd) => compactCrd(crd).filter((schema) => schema.served.includes(schema.version)));
}

function customCases(): Case[] {
  const schemas = customSchemas();
  const cases = schemas.map((schema) => ({
    schema,
    body: sampleObjectOf(schema, (body) => validate(schema, body).length === 0),
  }));
  for (const { schema, body } of cases)
    if (!body) console.log(`no small sample for ${schema.kind} ${schema.version}`);
  return [
    ...handMade('custom.yaml', schemas),
    ...cases.filter((found): found is Case => found.body !== undefined),
  ];
}

/** Groups and kinds whose objects, once there, change the server's verdict about others. */
const actsOnOthers = new Set([
  'admissionregistration.k8s.io',
  'apiregistration.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'ResourceQuota',
  'LimitRange',
  'Node',
  'Namespace',
]);

function casesOf(which: string): Case[] {
  if (which === 'core') return coreCases();
  if (which === 'crds') return customCases();
  return which === 'changes'
    ? [...coreCases(), ...handMade('custom.yaml', customSchemas())]
    : [...coreCases(), ...customCases()];
}

async function main(): Promise<void> {
  const [kubeconfig = process.env['KUBECONFIG'] ?? '', which = 'all', only] = process.argv.slice(2);
  const server = serverOf(kubeconfig);
  const cases = casesOf(which);
  const results: Agreement[] = [];
  const isWanted = ({ schema }: Case): boolean =>
    only ? schema.kind === only : which !== 'changes' || !actsOnOthers.has(schema.group || schema.kind);
  for (const { schema, body } of cases.filter(isWanted)) {
    const others = cases.filter(({ schema: { kind } }) => kind === schema.kind).map((one) => one.body);
    const result =
      which === 'changes'
        ? await compareChanges(server, schema, body)
        : await compare(server, schema, body, undefined, others);
    results.push(result);
    const { kind, judged, refused, undecided, falseAlarms, misses } = result;
    console.log(
      `${kind}: ${judged} judged, ${refused} refused, ${undecided} undecided, ${falseAlarms.length} false alarms, ${misses.length} misses`,
    );
  }
  const sum = (read: (result: Agreement) => number): number =>
    results.reduce((total, result) => total + read(result), 0);
  console.log(
    `total: ${results.length} kinds, ${sum((r) => r.judged)} judged, ${sum((r) => r.refused)} refused, ` +
      `${sum((r) => r.falseAlarms.length)} false alarms, ${sum((r) => r.misses.length)} misses`,
  );
  const file = process.env['AGREEMENT_JSON'];
  if (file) writeFileSync(file, JSON.stringify(results, undefined, 1));
}

void main();
