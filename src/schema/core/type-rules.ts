import type { Json, JsonObject } from '../../estate';
import { checkMetadataRules } from '../validate/metadata';
import type { Run } from '../validate/violation';
import { isEmpty, isSet, object, type FieldRule } from './field-rules';

/** What Go asks of values of one type, beyond its schema. */
export interface TypeRules {
  /** Fields that must not be empty. */
  readonly required?: readonly string[];
  /** Fields that the schema calls required and the server does not. */
  readonly optional?: readonly string[];
  /** Fields in which an empty text is not the same as none. */
  readonly neverEmpty?: readonly string[];
  /** Fields of a type with rules, in which they do not hold here. */
  readonly loose?: readonly string[];
  /** Fields that are there in Go even where nobody wrote them, so that they are judged as if empty. */
  readonly structs?: readonly string[];
  readonly fields?: { readonly [field: string]: FieldRule };
  /** Fields of which exactly one must be there. */
  readonly exactlyOne?: readonly string[];
  /** Fields of which one may be there. */
  readonly atMostOne?: readonly string[];
  /** What takes more than one field to judge. */
  readonly check?: (value: JsonObject, run: Run) => void;
}

/** Reports what breaks the rules of a type, but for those of single fields: these come with the fields. */
export function checkType(rules: TypeRules, value: JsonObject, run: Run): void {
  for (const field of rules.required ?? []) {
    if (isEmpty(value[field])) run.report('core', `${field} is missing`, `add ${field}`, field);
  }
  for (const field of rules.neverEmpty ?? []) {
    if (value[field] === '')
      run.report('core', `${field} is empty`, `write it out, or remove ${field}`, field);
  }
  if (rules.exactlyOne) checkCount(rules.exactlyOne, 1, value, run);
  if (rules.atMostOne) checkCount(rules.atMostOne, 0, value, run);
  rules.check?.(value, run);
}

/** Of what a template makes the server gives the name: only labels and annotations are passed on. */
export function checkMadeMetadata(template: JsonObject, run: Run): void {
  const metadata = object(template['metadata']);
  run.at('metadata', () => checkMetadataRules(metadata, run));
  for (const field of Object.keys(metadata))
    if (field !== 'labels' && field !== 'annotations' && !isEmpty(metadata[field]))
      run.report('core', `${field} cannot be set here`, 'remove it', 'metadata', field);
}

/** An empty list says nothing. */
function isThere(value: Json | undefined): boolean {
  return isSet(value) && !(Array.isArray(value) && value.length === 0);
}

function checkCount(fields: readonly string[], least: 0 | 1, value: JsonObject, run: Run): void {
  let count = 0;
  for (const field of fields) if (isThere(value[field])) count++;
  if (count === 1 || (count === 0 && least === 0)) return;
  const set = fields.filter((field) => isThere(value[field]));
  if (set.length > 1)
    run.report('core', `${set.join(' and ')} exclude each other`, `keep one of them`, set[1]!);
  else
    run.report(
      'core',
      'the one field that says what this is, is missing',
      `add one of: ${fields.join(', ')}`,
    );
}
