import { SpanKind, traced } from '@fluxwright/runtime';
import { Kind, type OperationDefinitionNode } from 'graphql';

/** Runs an operation in a span that is called as the operation is: `mutation placeOrder`. */
export function inSpan<T>(operation: OperationDefinitionNode, run: () => Promise<T>): Promise<T> {
  return traced(nameOf(operation).slice(0, 80), { kind: SpanKind.INTERNAL }, run);
}

function nameOf({ operation, name, selectionSet }: OperationDefinitionNode): string {
  const fields = selectionSet.selections.flatMap((node) =>
    node.kind === Kind.FIELD ? [node.name.value] : [],
  );
  return `${operation} ${name?.value ?? fields.join(' ')}`.trim();
}
