import { graphqlHandler, type GraphqlHandler } from '../server/handler';
import { internalLimits, type Limits } from '../server/limits';
import type { GraphqlEndpoint } from '../server/program';

/** An endpoint that answers in process; its faults are thrown into `faults` instead of a log. */
export interface LocalEndpoint {
  readonly handle: GraphqlHandler;
  readonly faults: readonly unknown[];
}

/** Serves an endpoint without a port. */
export function localEndpoint(endpoint: GraphqlEndpoint, limits: Limits = internalLimits): LocalEndpoint {
  const faults: unknown[] = [];
  const log = { error: (fault: unknown) => void faults.push(fault) };
  return { handle: graphqlHandler({ ...endpoint, limits, log }), faults };
}
