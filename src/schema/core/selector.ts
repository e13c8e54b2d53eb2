import type { Json, JsonObject } from '../../estate';
import { asText, object, objects } from './field-rules';

/** Whether a label selector selects an object with these labels. An empty one selects everything. */
export function selects(selector: JsonObject, labels: JsonObject): boolean {
  const equal = Object.entries(object(selector['matchLabels'])).every(
    ([key, value]) => labelOf(labels, key) === (value ?? ''),
  );
  return equal && objects(selector['matchExpressions']).every((requirement) => meets(requirement, labels));
}

/** A null is an empty text to the server. */
function labelOf(labels: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(labels, key) ? (labels[key] ?? '') : undefined;
}

function meets({ key, operator, values }: JsonObject, labels: JsonObject): boolean {
  const value = labelOf(labels, asText(key));
  const listed =
    Array.isArray(values) && (values as readonly Json[]).some((candidate) => candidate === value);
  if (operator === 'In') return value !== undefined && listed;
  if (operator === 'NotIn') return value === undefined || !listed;
  return operator === 'Exists' ? value !== undefined : value === undefined;
}
