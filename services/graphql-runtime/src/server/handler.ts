import { Unavailable, reasonOf, type Logger } from '@fluxwright/runtime';
import { GraphQLError, parse, type GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { Refusal } from '../refusal';
import { exceeds, measure, type Limits } from './limits';
import { useSpans } from './spans';

/** What a GraphQL endpoint is made of. */
export interface GraphqlHandlerProps {
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
  readonly log: Pick<Logger, 'error'>;
  /** Made anew for each request: the place for loaders. */
  readonly context?: () => object;
}

/** Answers requests at `/graphql`. */
export type GraphqlHandler = (request: Request) => Promise<Response>;

/**
 * Answers GraphQL over POST and JSON, within the limits. Other forms of request are refused: a form is something that a foreign web
 * page can send without asking.
 */
export function graphqlHandler({ schema, limits, log, context }: GraphqlHandlerProps): GraphqlHandler {
  const yoga = createYoga({
    schema,
    ...(context && { context }),
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    logging: false,
    maxRequestBodySize: limits.bodyBytes,
    plugins: [useLimits(limits), useSpans()],
    maskedErrors: { maskError: (error) => told(error, log) },
  });
  return async (request) => unfit(request) ?? yoga.fetch(request, {});
}

/** The answer of a service that cannot do its job yet. */
export function unavailable(message: string): Response {
  return problem(503, 'UNAVAILABLE', message);
}

function unfit({ method, headers }: Request): Response | undefined {
  if (method !== 'POST')
    return problem(405, 'METHOD_NOT_ALLOWED', `${method} is not served here; POST a query as JSON.`);
  const [type = ''] = (headers.get('content-type') ?? 'none').split(';');
  if (type.trim().toLowerCase() === 'application/json') return undefined;
  return problem(415, 'UNSUPPORTED_MEDIA_TYPE', `The content type is ${type}; send application/json.`);
}

function problem(status: number, code: string, message: string): Response {
  const allow = status === 405 ? { headers: { allow: 'POST' } } : {};
  return Response.json({ errors: [{ message, extensions: { code } }] }, { status, ...allow });
}

function useLimits(limits: Limits): Plugin {
  return {
    onParse: ({ setParseFn }) =>
      setParseFn((source: string, options: object) =>
        parse(source, { ...options, maxTokens: limits.tokens }),
      ),
    onExecute({ args, setResultAndStopExecution }) {
      const error = exceeds(limits, measure(args.schema, args.document, args.variableValues ?? {}));
      if (error) setResultAndStopExecution({ errors: [error] });
    },
  };
}

/** The error as the caller sees it: refusals in full, what may pass as such, and of our own faults nothing. */
function told(error: unknown, log: Pick<Logger, 'error'>): GraphQLError {
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
