import { type EstateObject, type JsonObject, textIn } from '../../estate';
import { validate, type ViolationRule } from '../../schema/validate';
import type { Violation as SchemaViolation } from '../../schema/validate';
import type { CheckScope, Violation } from '../rule';
import { perScope } from './per-scope';

const verdicts = perScope(
  ({ cluster, registry }): readonly (readonly [EstateObject, readonly SchemaViolation[]])[] =>
    cluster.objects.flatMap((object) => {
      const schema = registry.kind(object.apiVersion, object.kind);
      if (!schema) return [];
      const found =
        object.verbatim === undefined
          ? validate(schema, object.body)
          : validateEncrypted(schema, object.body);
      return found.length === 0 ? [] : [[object, found] as const];
    }),
);

/** What an API server would say of every object, as far as it is about one of these things. */
export function* violationsOf(scope: CheckScope, ...rules: readonly ViolationRule[]): Iterable<Violation> {
  for (const [object, found] of verdicts(scope)) {
    for (const { path, message, fix, rule } of found) {
      if (rules.includes(rule)) yield { object, message, fix, ...(path === '' ? {} : { path }) };
    }
  }
}

/** Flux decrypts a document before the server sees it: what SOPS put there is not judged. */
function validateEncrypted(
  schema: Parameters<typeof validate>[0],
  body: JsonObject,
): readonly SchemaViolation[] {
  const { sops: _, ...rest } = body;
  return validate(schema, rest).filter(({ path }) => !textIn(rest, ...segments(path))?.startsWith('ENC['));
}

function segments(path: string): string[] {
  return Array.from(path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g), ([all, inner]) => inner ?? all);
}
