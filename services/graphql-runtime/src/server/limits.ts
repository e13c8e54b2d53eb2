import {
  GraphQLError,
  Kind,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';

/** How much one request may ask for. */
export interface Limits {
  /** Tokens of the document: the parser stops there, before it has built anything. */
  readonly tokens: number;
  /** Levels of fields below the operation. */
  readonly depth: number;
  /** Fields that the answer may hold, lists counted with the length that was asked for. */
  readonly cost: number;
  /** Bytes of the request's body. */
  readonly bodyBytes: number;
}

/** For whoever comes from outside. */
export const publicLimits: Limits = { tokens: 1_000, depth: 9, cost: 10_000, bodyBytes: 100_000 };

/** For the services among themselves: the stitched schema joins many small questions into one large one. */
export const internalLimits: Limits = { tokens: 20_000, depth: 12, cost: 100_000, bodyBytes: 1_000_000 };

/** How many things a list is taken to hold when the question does not say; no service lists many more unasked. */
const assumedLength = 10;
/** A description is at hand: no service and no table is asked. */
const descriptionsPerField = 10;
const descriptions = new Map([
  ['__schema', '__Schema'],
  ['__type', '__Type'],
]);

interface Measure {
  readonly depth: number;
  readonly cost: number;
}

interface Scope {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Record<string, unknown>;
  /** What a fragment measures, so that one spread a million times over is walked once. */
  readonly measured: Map<string, Measure>;
}

/**
 * What an operation of a document asks for, by its shape and its variables. The document must be valid: a fragment that spreads itself is
 * found by validation, before.
 */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Measure {
  const fragments = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const scope: Scope = { schema, fragments, variables, measured: new Map() };
  return measureSelections(operation.selectionSet, schema.getRootType(operation.operation), scope);
}

/** The error for what exceeds the limits; nothing for what does not. */
export function exceeds(limits: Limits, { depth, cost }: Measure): GraphQLError | undefined {
  if (depth > limits.depth)
    return tooMuch(`The query is ${depth} levels deep; ${limits.depth} are allowed.`, 'TOO_DEEP');
  if (cost <= limits.cost) return undefined;
  return tooMuch(
    `The query may answer with ${cost} fields; ${limits.cost} are allowed. Ask for fewer fields, or for shorter lists with "first".`,
    'TOO_COSTLY',
  );
}

/** The error for what is nested so deep that it cannot even be measured; none for any other failure. */
export function bottomless(error: unknown): GraphQLError | undefined {
  const isStackFull = error instanceof RangeError;
  return isStackFull ? tooMuch('The query is thousands of levels deep.', 'TOO_DEEP') : undefined;
}

function tooMuch(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function measureSelections(
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType | undefined | null,
  scope: Scope,
): Measure {
  return sum(
    selections.map((node) => {
      if (node.kind === Kind.FIELD) return measureField(node, parent, scope);
      if (node.kind === Kind.FRAGMENT_SPREAD) return measureFragment(node.name.value, scope);
      const type = node.typeCondition ? scope.schema.getType(node.typeCondition.name.value) : parent;
      return measureSelections(node.selectionSet, type, scope);
    }),
  );
}

function measureFragment(name: string, scope: Scope): Measure {
  const known = scope.measured.get(name);
  if (known) return known;
  const fragment = scope.fragments.get(name);
  if (!fragment) return { depth: 0, cost: 0 };
  const type = scope.schema.getType(fragment.typeCondition.name.value);
  const measured = measureSelections(fragment.selectionSet, type, scope);
  scope.measured.set(name, measured);
  return measured;
}

function measureField(node: FieldNode, parent: GraphQLNamedType | undefined | null, scope: Scope): Measure {
  const description = descriptions.get(node.name.value);
  if (description !== undefined) return measureDescription(node, scope.schema.getType(description), scope);
  const field =
    isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (!field || !node.selectionSet) return { depth: 1, cost: 1 };
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return { depth: 1, cost: 1 };
  const inner = measureSelections(node.selectionSet, type, scope);
  return { depth: inner.depth + 1, cost: 1 + inner.cost * listLength(node, field, scope) };
}

/** It is deep by nature, so only its cost counts; a rule of graphql-js keeps it from going in circles. */
function measureDescription(
  { selectionSet }: FieldNode,
  type: GraphQLNamedType | undefined,
  scope: Scope,
): Measure {
  const inner = selectionSet ? measureSelections(selectionSet, type, scope) : { cost: 0 };
  return { depth: 1, cost: 1 + Math.ceil(inner.cost / descriptionsPerField) };
}

function listLength(node: FieldNode, field: GraphQLField<unknown, unknown>, { variables }: Scope): number {
  if (!isListType(getNullableType(field.type))) return 1;
  const given = getArgumentValues(field, node, variables);
  const keys = Object.values(given).find(Array.isArray);
  if (keys) return keys.length;
  const first = given['first'];
  return typeof first === 'number' ? Math.max(0, first) : assumedLength;
}

function sum(measures: readonly Measure[]): Measure {
  return {
    depth: measures.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
    cost: measures.reduce((total, { cost }) => total + cost, 0),
  };
}
