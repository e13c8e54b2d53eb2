import { Construct } from 'constructs';
import type { ChartKnowledge } from '../schema/types';
import type { Chart } from './chart-ref';
import { type ProgramChart, programChart } from './workload/program-chart';
import type { ProgramSpec } from './workload/program-manifests';

/** What a release of a program's chart may say. */
export interface ProgramValues {
  /** @default - the program's */
  readonly image?: string;
  /** @default - the program's */
  readonly replicas?: number;
  /** The plain variables of the program's environment. */
  readonly env?: { readonly [name: string]: string };
  /** @default - the program's */
  readonly resources?: { readonly [key: string]: unknown };
}

/** A chart of one's own. */
export interface HelmChartProps {
  readonly version: string;
  readonly program: ProgramSpec;
}

/**
 * A Helm chart of one of our own programs, generated into `dist/charts/<id>/` from the same definition that a
 * `Program` is made from. Flux takes it out of the Git repository; pushed to a registry, it is a chart like any
 * other.
 *
 * @example
 * const producer = new HelmChart(app, 'ratings-producer', { version: '0.1.0', program: ratingsProducer });
 * new HelmRelease(this, 'producer', { chart: producer.chart, values: { env: { BROKERS: kafka.bootstrap } } });
 */
export class HelmChart extends Construct {
  readonly chart: Chart<ProgramValues>;
  /** The chart's files, by their path inside its folder. */
  readonly files: ReadonlyMap<string, string>;
  /** What the checks know of it, as of any imported chart. */
  readonly knowledge: ChartKnowledge;

  constructor(scope: Construct, id: string, { version, program }: HelmChartProps) {
    super(scope, id);
    const made: ProgramChart = programChart(id, version, program);
    this.chart = { name: id, version, repository: `./${distOf(this)}/charts/${id}` };
    this.files = made.files;
    const objects = [
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: '{namespace}', name: '{release}' },
      ...(program.port === undefined
        ? []
        : [{ apiVersion: 'v1', kind: 'Service', namespace: '{namespace}', name: '{release}' }]),
    ];
    this.knowledge = { name: id, version, values: made.values, defs: {}, crds: [], objects };
  }
}

/** The folder that the project's app writes. */
function distOf(construct: Construct): string {
  const { dist = 'dist' } = construct.node.root as { dist?: string };
  return dist;
}
