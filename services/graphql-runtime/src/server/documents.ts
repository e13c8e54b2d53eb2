import { GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { bottomless } from './limits';

/** A document that may be executed, or why it may not. */
export type Prepared = DocumentNode | readonly GraphQLError[];

/** Whoever asks again asks in the same words. */
const REMEMBERED = 200;
/** What is longer was not written by a person, and not with a memory in mind. */
const LONGEST_REMEMBERED = 10_000;

/** Parses and validates queries against a schema; those that were asked last it knows by heart. */
export function documents(schema: GraphQLSchema, maxTokens: number): (query: string) => Prepared {
  const known = new Map<string, Prepared>();
  return (query) => {
    const prepared = known.get(query) ?? prepare(schema, query, maxTokens);
    if (query.length > LONGEST_REMEMBERED) return prepared;
    // The one asked last is the last to be forgotten.
    known.delete(query);
    known.set(query, prepared);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return prepared;
  };
}

function prepare(schema: GraphQLSchema, query: string, maxTokens: number): Prepared {
  try {
    const document = parse(query, { maxTokens });
    const errors = validate(schema, document);
    return errors.length > 0 ? errors.map((error) => coded('GRAPHQL_VALIDATION_FAILED', error)) : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [coded('GRAPHQL_PARSE_FAILED', error)];
    const refusal = bottomless(error);
    if (refusal) return [refusal];
    throw error;
  }
}

function coded(code: string, error: GraphQLError): GraphQLError {
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
