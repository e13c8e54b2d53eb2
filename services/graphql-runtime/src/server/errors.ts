import { Unavailable, reasonOf, type Logger } from '@fluxwright/runtime';
import { GraphQLError } from 'graphql';
import { Refusal } from '../refusal';

/** The error as the caller sees it: refusals in full, what may pass as such, and of our own faults nothing. */
export function told(error: unknown, log: Pick<Logger, 'error'>): GraphQLError {
  const located = error instanceof GraphQLError ? error : undefined;
  const cause = located?.originalError ?? error;
  if (cause instanceof GraphQLError) return located ?? cause;
  const [code, message] = wordsFor(cause);
  if (code === 'INTERNAL_SERVER_ERROR') log.error({ err: cause }, `a query failed: ${reasonOf(cause)}`);
  return new GraphQLError(message, {
    nodes: located?.nodes ?? null,
    path: located?.path ?? null,
    extensions: { code },
  });
}

function wordsFor(cause: unknown): [code: string, message: string] {
  if (cause instanceof Refusal) return [cause.code, cause.message];
  if (cause instanceof Unavailable) return ['UNAVAILABLE', cause.message];
  return ['INTERNAL_SERVER_ERROR', 'Something went wrong here; the log says what.'];
}
