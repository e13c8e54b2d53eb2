import { SpanKind, SpanStatusCode, traced } from '@fluxwright/runtime';
import { Kind, type ExecutionResult, type OperationDefinitionNode } from 'graphql';

/** Runs an operation in a span that is called as the operation is: `mutation placeOrder`. Its errors are part of a result, and of the span. */
export function inSpan(
  operation: OperationDefinitionNode,
  run: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  return traced(nameOf(operation).slice(0, 80), { kind: SpanKind.INTERNAL }, async (span) => {
    const result = await run();
    const [error] = result.errors ?? [];
    if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    return result;
  });
}

function nameOf({ operation, name, selectionSet }: OperationDefinitionNode): string {
  const fields = selectionSet.selections.flatMap((node) =>
    node.kind === Kind.FIELD ? [node.name.value] : [],
  );
  return `${operation} ${name?.value ?? fields.join(' ')}`.trim();
}
