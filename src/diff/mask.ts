import type { Json, JsonObject } from '../estate';
import type { FieldChange } from './fields';

/** What stands for a value that nobody should read in a terminal or a pull request. */
export const MASK = '***';

/** The fields of a Secret that hold its values, or may repeat them as kubectl's annotation does. */
const SECRET_FIELD = /^(?:(?:data|stringData|metadata\.annotations)(?:$|[.[])|metadata$)/;

/** SOPS changes its own block with every encryption: that it did is all there is to say. */
const SOPS_FIELD = /^sops(?:$|[.[])/;

/** Hides the values of Secrets and of what SOPS encrypted. That they changed stays visible. */
export function maskFields(fields: readonly FieldChange[], kind: string): FieldChange[] {
  const own = fields.filter(({ path }) => !SOPS_FIELD.test(path));
  const masked = own.map((field) =>
    isSecret(field, kind) ? mapValues(field, hide) : mapValues(field, hideEncrypted),
  );
  return own.length === fields.length
    ? masked
    : [...masked, { path: 'sops', change: 'changed', before: MASK, after: MASK }];
}

function isSecret({ path }: FieldChange, kind: string): boolean {
  return kind === 'Secret' && SECRET_FIELD.test(path);
}

/** The lines of a text say what it holds: they go where the text is hidden. */
function mapValues(
  { before, after, lines, ...field }: FieldChange,
  change: (leaf: Json) => Json,
): FieldChange {
  const isOpen = [before, after].every((value) => typeof value !== 'string' || change(value) === value);
  return {
    ...field,
    ...(before !== undefined && { before: mapLeaves(before, change) }),
    ...(after !== undefined && { after: mapLeaves(after, change) }),
    ...(lines && isOpen && { lines }),
  };
}

function hide(): Json {
  return MASK;
}

function hideEncrypted(leaf: Json): Json {
  return typeof leaf === 'string' && leaf.startsWith('ENC[') ? MASK : leaf;
}

function mapLeaves(value: Json, change: (leaf: Json) => Json): Json {
  if (typeof value !== 'object' || value === null) return change(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => mapLeaves(item, change));
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, item]) => [key, mapLeaves(item, change)]),
  );
}
