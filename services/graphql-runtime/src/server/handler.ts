import type { Logger } from '@fluxwright/runtime';
import {
  execute,
  getOperationAST,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { documents } from './documents';
import { told } from './errors';
import { bottomless, exceeds, measure, type Limits } from './limits';
import { problem, readQuestion, type Question } from './question';
import { inSpan } from './spans';

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

/** Answers GraphQL over POST and JSON, within the limits. What is refused before anything is executed is answered with 400. */
export function graphqlHandler(props: GraphqlHandlerProps): GraphqlHandler {
  const prepare = documents(props.schema, props.limits.tokens);
  return async (request) => {
    const question = await readQuestion(request, props.limits.bodyBytes);
    if (question instanceof Response) return question;
    const prepared = prepare(question.query);
    const { data, errors } =
      'kind' in prepared ? await answer(props, prepared, question) : { data: undefined, errors: prepared };
    const shown = errors?.map((error) => told(error, props.log));
    return Response.json({ errors: shown, data }, { status: data === undefined ? 400 : 200 });
  };
}

/** The answer of a service that cannot do its job yet. */
export function unavailable(message: string): Response {
  return problem(503, 'UNAVAILABLE', message);
}

async function answer(
  props: GraphqlHandlerProps,
  document: DocumentNode,
  { variables, operationName }: Question,
): Promise<ExecutionResult> {
  const operation = getOperationAST(document, operationName);
  if (!operation) return { errors: [noOperation(operationName)] };
  const refusal = refuse(props, document, operation, variables);
  if (refusal) return { errors: [refusal] };
  const { schema, context } = props;
  const asked = { schema, document, variableValues: variables, contextValue: context?.() ?? {} };
  return inSpan(operation, async () =>
    execute({ ...asked, ...(operationName !== undefined && { operationName }) }),
  );
}

/** Arguments that are not what they have to be cannot be measured either. */
function refuse(
  { schema, limits }: GraphqlHandlerProps,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): GraphQLError | undefined {
  try {
    return exceeds(limits, measure(schema, document, operation, variables));
  } catch (error) {
    const refusal = error instanceof GraphQLError ? error : bottomless(error);
    if (refusal) return refusal;
    throw error;
  }
}

function noOperation(name: string | undefined): GraphQLError {
  const message =
    name === undefined
      ? 'The query has several operations; "operationName" has to say which.'
      : `The query has no operation ${name}.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
