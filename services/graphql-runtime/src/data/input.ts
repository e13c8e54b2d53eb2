import { z } from 'zod';
import { Refusal } from '../refusal';

/** Who sends it again gets the same answer, and nothing happens twice. */
export const idempotencyKey = z.string().trim().min(1).max(200);

/** The length of one page of a list. */
export const pageLength = z.number().int().min(1).max(100);

/**
 * The input, if it is what it should be.
 *
 * @throws {Refusal} `BAD_INPUT`, with every field that is wrong.
 */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new Refusal('BAD_INPUT', problems.join('; '));
}
