import type { Json, JsonObject } from '../../estate';
import type { Run } from '../validate/violation';
import { isEmpty, object, objects } from './field-rules';

/** What only the node itself may say, and no alternative of it. */
const ofNodes = [
  'type',
  'default',
  'title',
  'description',
  'nullable',
  'additionalProperties',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
];

/** The alternatives of a structural schema narrow it down: they name no type, and no field that it does not have. */
export function checkJunctions(node: JsonObject, run: Run): void {
  const isFree = node['x-kubernetes-int-or-string'] === true;
  for (const [path, part] of partsOf(node)) {
    // The alternatives of what is a number or a text are its types.
    if (!isFree || (path[0] !== 'anyOf' && path[0] !== 'allOf')) inside(path, part, node, run);
  }
}

type Part = readonly [path: readonly (string | number)[], part: JsonObject];

function partsOf(node: JsonObject): readonly Part[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((field) =>
    objects(node[field]).map((part, index): Part => [[field, index], part]),
  );
  return isEmpty(node['not']) ? lists : [...lists, [['not'], object(node['not'])]];
}

/** Judges a part by the node that it belongs to. */
function checkPart(part: JsonObject, node: JsonObject, run: Run): void {
  for (const field of ofNodes)
    if (!isEmpty(part[field]) && part[field] !== false)
      run.report('core', `${field} belongs to the schema that this is a part of`, 'move it there', field);
  const known = object(node['properties']);
  for (const [name, child] of Object.entries(object(part['properties']))) {
    if (!(name in known)) {
      const message = `${name} is no property of the schema that this is a part of`;
      run.report('core', message, 'declare it there', 'properties', name);
    } else inside(['properties', name], child, known[name], run);
  }
  if (!isEmpty(part['items'])) inside(['items'], part['items']!, node['items'], run);
  for (const [path, inner] of partsOf(part)) inside(path, inner, node, run);
}

function inside(path: Part[0], part: Json, node: Json | undefined, run: Run): void {
  run.path.push(...path);
  checkPart(object(part), object(node), run);
  run.path.length -= path.length;
}
