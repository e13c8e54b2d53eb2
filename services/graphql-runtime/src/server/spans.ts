import { SpanKind, traced } from '@fluxwright/runtime';
import { Kind, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Runs each operation in a span that is called as the operation is: `mutation placeOrder`. */
export function useSpans(): Plugin {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const operation = getOperationAST(args.document, args.operationName);
      const fields = operation?.selectionSet.selections.flatMap((node) =>
        node.kind === Kind.FIELD ? [node.name.value] : [],
      );
      const name = `${operation?.operation ?? 'operation'} ${operation?.name?.value ?? fields?.join(' ') ?? ''}`;
      setExecuteFn((given) =>
        traced(name.trim().slice(0, 80), { kind: SpanKind.INTERNAL }, async () => executeFn(given)),
      );
    },
  };
}
