import type { JsonObject } from './types';

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Whether labels match a `LabelSelector`. An empty selector matches everything, an absent one nothing. */
export function matchesSelector(
  selector: JsonObject | undefined,
  labels: { readonly [key: string]: string },
): boolean {
  if (selector === undefined) return false;
  const wanted = (selector['matchLabels'] ?? {}) as { [key: string]: string };
  const expressions = (selector['matchExpressions'] ?? []) as unknown as readonly Expression[];
  return (
    matchesLabels(wanted, labels) && expressions.every((expression) => matchesExpression(expression, labels))
  );
}

/** Whether labels hold all the wanted ones: the form of selectors in Services. */
export function matchesLabels(
  wanted: { readonly [key: string]: string },
  labels: { readonly [key: string]: string },
): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function matchesExpression(
  { key, operator, values = [] }: Expression,
  labels: { readonly [key: string]: string },
): boolean {
  const value = labels[key];
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  if (operator === 'In') return value !== undefined && values.includes(value);
  return operator === 'NotIn' && (value === undefined || !values.includes(value));
}
