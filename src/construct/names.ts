import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The name that somebody chose. */
export interface Named {
  /**
   * What its objects are called: for what is called so already, or shall be called so wherever it moves.
   *
   * @default - the ids from its chart down, e.g. `shop-api`
   */
  readonly name?: string;
}

const hidden = new Set(['default', 'resource']);

/**
 * The name of a construct's objects: the ids from its chart down, without a hash. `kafka` and `operator` make
 * `kafka-operator`; an id that repeats the one before it adds nothing.
 */
export function objectName(construct: IConstruct): string {
  const { scopes } = construct.node;
  const first = scopes.findLastIndex((scope) => Chart.isChart(scope));
  const ids = scopes.slice(Math.max(first, 0)).map((scope) => scope.node.id.toLowerCase());
  const words = ids.filter((id) => !hidden.has(id)).map((id) => id.replaceAll(/[^a-z0-9.-]+/g, '-'));
  return words.filter((word, index) => word !== words[index - 1]).join('-');
}
