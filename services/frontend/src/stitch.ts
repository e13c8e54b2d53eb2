import type { MergedTypeConfig, SubschemaConfig } from '@graphql-tools/delegate';
import { stitchSchemas } from '@graphql-tools/stitch';
import { filterSchema, pruneSchema, type Executor } from '@graphql-tools/utils';
import { getNamedType, type GraphQLField, type GraphQLSchema } from 'graphql';

/** One service's share of the schema. */
export interface Subgraph {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
}

/**
 * One schema over several services. What the services call with a leading underscore is between them: it joins their types together, and is
 * not shown.
 */
export function stitch(subgraphs: readonly Subgraph[]): GraphQLSchema {
  const stitched = stitchSchemas({ subschemas: subgraphs.map(subschema) });
  return pruneSchema(filterSchema({ schema: stitched, rootFieldFilter: (_, name) => !name.startsWith('_') }));
}

function subschema({ schema, executor }: Subgraph): SubschemaConfig {
  const lookUps = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name }) =>
    name.startsWith('_'),
  );
  const merge = Object.fromEntries(lookUps.map((field) => [getNamedType(field.type).name, mergeBy(field)]));
  return { schema, executor, merge, batch: true };
}

/** `_ordersById(ids: [ID!]!): [Order]!` says that orders are told apart by their `id`, and asked for many at once. */
function mergeBy(field: GraphQLField<unknown, unknown>): MergedTypeConfig {
  const [argument] = field.args;
  if (!argument) throw new Error(`${field.name} takes no keys`);
  const key = argument.name.replace(/s$/, '');
  return {
    selectionSet: `{ ${key} }`,
    fieldName: field.name,
    key: (object: Record<string, unknown>) => object[key],
    argsFromKeys: (keys) => ({ [argument.name]: [...new Set(keys)] }),
  };
}
