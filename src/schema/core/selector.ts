import type { Json, JsonObject } from '../../estate';
import { asText, object, objects } from './field-rules';

/** Whether a label selector selects an object with these labels. An empty one selects everything. */
export function selects(selector: JsonObject, labels: JsonObject): boolean {
  const equal = Object.entries(object(selector['matchLabels'])).every(
    ([key, value]) => (labels[key] ?? undefined) === (value ?? ''),
  );
  return equal && objects(selector['matchExpressions']).every((requirement) => meets(requirement, labels));
}

function meets({ key, operator, values }: JsonObject, labels: JsonObject): boolean {
  const value = labels[asText(key)] ?? undefined;
  const listed =
    Array.isArray(values) && (values as readonly Json[]).some((candidate) => candidate === value);
  if (operator === 'In') return value !== undefined && listed;
  if (operator === 'NotIn') return value === undefined || !listed;
  return operator === 'Exists' ? value !== undefined : value === undefined;
}
