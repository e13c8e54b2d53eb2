import type { Json } from '../estate';
import { diffLines } from './lines';
import type { LineChange } from './lines';
import type { Difference, ListDifference } from './value';

/** One field that differs. */
export interface FieldChange {
  /** `spec.replicas`, `spec.template.spec.containers[name=api].image`, `data["a.b"]`. */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed' | 'reordered';
  readonly before?: Json;
  readonly after?: Json;
  /** What differs between texts of several lines. */
  readonly lines?: readonly LineChange[];
}

/** The fields that a difference is about, one by one. */
export function fieldsOf(difference: Difference, path = ''): FieldChange[] {
  if (difference.type === 'map')
    return difference.fields.flatMap(([key, inner]) => fieldsOf(inner, fieldPath(path, key)));
  if (difference.type === 'list') return itemFields(difference, path);
  const { before, after } = difference;
  if (before === undefined) return [{ path, change: 'added', after: after ?? null }];
  if (after === undefined) return [{ path, change: 'removed', before }];
  const lines = isLong(before) && isLong(after) ? { lines: diffLines(before, after) } : {};
  return [{ path, change: 'changed', before, after, ...lines }];
}

function itemFields({ items, removed, reordered }: ListDifference, path: string): FieldChange[] {
  const order = items.filter(({ from }) => from !== undefined);
  const before = order
    .toSorted((one, other) => (one.from ?? 0) - (other.from ?? 0))
    .map(({ label }) => label);
  return [
    ...removed.map(({ label, before }): FieldChange => ({
      path: `${path}[${label}]`,
      change: 'removed',
      before,
    })),
    ...items.flatMap(({ label, difference }) =>
      difference ? fieldsOf(difference, `${path}[${label}]`) : [],
    ),
    ...(reordered
      ? [{ path, change: 'reordered' as const, before, after: order.map(({ label }) => label) }]
      : []),
  ];
}

function fieldPath(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function isLong(value: Json): value is string {
  return typeof value === 'string' && value.includes('\n');
}
