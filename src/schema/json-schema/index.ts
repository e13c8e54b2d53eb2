import type { Json, JsonObject } from '../../estate';
import { isObject } from '../compact';
import type { Segment } from '../validate/violation';
import { keywords } from './keywords';

/** Something that a schema refuses. */
export interface SchemaProblem {
  readonly path: readonly Segment[];
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
  /** Nothing is wrong with what is there: something is not there. */
  readonly isMissing?: true;
}

/** What a keyword is judged with. */
export interface Judgement {
  readonly path: readonly Segment[];
  /** The schema that the keyword is a part of. */
  readonly schema: JsonObject;
  /** Judges a value, or a part of it, by another schema. */
  readonly judge: (schema: Json | undefined, value: Json, ...below: Segment[]) => readonly SchemaProblem[];
}

/** References that lead on and on describe no value. */
const MOST_REFERENCES = 64;

/**
 * What a JSON Schema refuses about a value, as Helm asks it about the values of a release (drafts 4 to 2020-12). What
 * it does not know, a reference to another document or a keyword, refuses nothing.
 */
export function schemaProblems(root: JsonObject, value: Json): readonly SchemaProblem[] {
  return judge(root, value, [], root, 0);
}

function judge(
  schema: Json | undefined,
  value: Json,
  path: readonly Segment[],
  root: JsonObject,
  references: number,
): readonly SchemaProblem[] {
  if (schema === false) return [{ path, message: 'nothing may be here', fix: 'remove it' }];
  if (!isObject(schema)) return [];
  if (typeof schema['$ref'] === 'string')
    return references === MOST_REFERENCES
      ? []
      : judge(pointedAt(root, schema['$ref']), value, path, root, references + 1);
  const judgement: Judgement = {
    path,
    schema,
    judge: (other, part, ...below) =>
      judge(other, part, below.length === 0 ? path : [...path, ...below], root, references),
  };
  // Of a value of the wrong type nothing else can be said.
  const wrong = keywords['type']!(schema['type'] ?? null, value, judgement);
  if (wrong.length > 0) return wrong;
  return Object.entries(schema).flatMap(([keyword, operand]) =>
    keyword === 'type' ? [] : (keywords[keyword]?.(operand, value, judgement) ?? []),
  );
}

/** What a reference inside the document leads to. */
function pointedAt(root: JsonObject, reference: string): Json | undefined {
  if (!reference.startsWith('#')) return undefined;
  const segments = decodeURIComponent(reference.slice(1)).split('/').slice(1);
  return segments
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((node, key) => (isObject(node) ? node[key] : undefined), root);
}
