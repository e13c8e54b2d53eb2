import type { Send } from '@fluxwright/graphql-runtime';
import { Unavailable, reasonOf } from '@fluxwright/runtime';
import type { ExecutionResult, Executor } from '@graphql-tools/utils';
import { print } from 'graphql';

/** A service behind the schema. */
export interface Backend {
  readonly name: string;
  readonly url: string;
}

/** Sends parts of a query to a service; what goes wrong on the way names the service, and nothing else of it. */
export function backendExecutor({ name, url }: Backend, send: Send): Executor {
  return async ({ document, variables }): Promise<ExecutionResult> => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const body = JSON.stringify({ query: print(document), variables });
    try {
      const response = await send(url, { method: 'POST', headers, body });
      if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
      return (await response.json()) as ExecutionResult;
    } catch (error) {
      throw new Unavailable(`${name} does not answer`, { cause: reasonOf(error) });
    }
  };
}
