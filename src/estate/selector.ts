import { isMap, listIn, textIn, textMapIn, textsIn } from './fields';
import type { Json, JsonObject } from './types';

type Labels = { readonly [key: string]: string };

/** A selector of labels, in whatever form it was written. */
export interface Selector {
  readonly labels: Labels;
  readonly expressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

/** A `LabelSelector`; undefined where there is none. */
export function labelSelector(value: Json | undefined): Selector | undefined {
  if (!isMap(value)) return undefined;
  const expressions = listIn(value, 'matchExpressions').filter(isMap);
  return { labels: textMapIn(value, 'matchLabels'), expressions: expressions.map(expression) };
}

function expression(value: JsonObject): Selector['expressions'][number] {
  return {
    key: textIn(value, 'key') ?? '',
    operator: textIn(value, 'operator') ?? '',
    values: textsIn(value, 'values'),
  };
}

/** The plain labels that a Service or ReplicationController selects by. */
export function plainSelector(labels: Labels): Selector {
  return { labels, expressions: [] };
}

/** Whether a selector takes everything. */
export function isEverything({ labels, expressions }: Selector): boolean {
  return expressions.length === 0 && Object.keys(labels).length === 0;
}

/** Whether labels are what a selector asks for. */
export function selects({ labels: wanted, expressions }: Selector, labels: Labels): boolean {
  for (const key in wanted) if (labels[key] !== wanted[key]) return false;
  return expressions.every(({ key, operator, values }) => {
    const value = labels[key];
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    return value !== undefined && values.includes(value);
  });
}

/** A selector as kubectl takes it: `app=api,tier in (a,b)`. */
export function selectorText({ labels, expressions }: Selector): string {
  const plain = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const others = expressions.map(({ key, operator, values }) =>
    values.length > 0 ? `${key} ${operator} (${values.join(',')})` : `${key} ${operator}`,
  );
  return [...plain, ...others].join(',');
}

/** Whether labels match a `LabelSelector`. An empty selector matches everything, an absent one nothing. */
export function matchesSelector(selector: JsonObject | undefined, labels: Labels): boolean {
  const read = labelSelector(selector);
  return read !== undefined && selects(read, labels);
}

/** Whether labels hold all the wanted ones: the form of selectors in Services. */
export function matchesLabels(wanted: Labels, labels: Labels): boolean {
  return selects(plainSelector(wanted), labels);
}
