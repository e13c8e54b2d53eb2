import { type Answer, type EstateObject, type JsonObject, oncePer, recall, textIn } from '../../estate';
import type { KindSchema } from '../../schema/types';
import { validate, type ViolationRule } from '../../schema/validate';
import type { Violation as SchemaViolation } from '../../schema/validate';
import { parsePath } from '../../schema/validate/violation';
import type { CheckScope, Violation } from '../rule';
import { perScope } from './per-scope';
import { typesOf } from './types';

const verdicts = perScope((scope): readonly (readonly [EstateObject, readonly SchemaViolation[]])[] => {
  const wrong: (readonly [EstateObject, readonly SchemaViolation[]])[] = [];
  for (const { apiVersion, kind, objects } of typesOf(scope)) {
    const schema = scope.registry.kind(apiVersion, kind);
    if (!schema) continue;
    const judge = judgeOf(schema);
    for (const object of objects) {
      const found = recall(object, judge);
      if (found.length > 0) wrong.push([object, found]);
    }
  }
  return wrong;
});

const judgeOf = oncePer(
  (schema: KindSchema): Answer<readonly SchemaViolation[]> =>
    ({ body, verbatim }) =>
      verbatim === undefined ? validate(schema, body) : validateEncrypted(schema, body),
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
function validateEncrypted(schema: KindSchema, body: JsonObject): readonly SchemaViolation[] {
  const { sops: _, ...rest } = body;
  return validate(schema, rest).filter(({ path }) => !textIn(rest, ...parsePath(path))?.startsWith('ENC['));
}
