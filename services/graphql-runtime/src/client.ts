import { Unavailable } from '@fluxwright/runtime';
import { tracedFetch } from '@fluxwright/runtime/http';
import { Refusal } from './refusal';

/** Asks another GraphQL service. */
export interface GraphqlClient {
  /**
   * @throws {Refusal} with the other service's code and words, when it refused.
   * @throws {Unavailable} when there is no answer, or one that says nothing definite.
   */
  ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data>;
  /** Asks for something to look at: what services know that are away just now is null, and no error as long as anything is left. */
  askPartly<Data>(query: string, variables: Record<string, unknown>): Promise<Data>;
}

/** Sends a request: `tracedFetch`, or in tests the other service itself. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Codes that say nothing about what was asked, only about the one who was asked: down, at fault, or of another version. */
const indefinite = new Set(['UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED']);

/** A client that names the other service in its errors. */
export function graphqlClient(name: string, url: string, send: Send = tracedFetch): GraphqlClient {
  const answer = <Data>(query: string, variables: Record<string, unknown>): Promise<Answer<Data>> =>
    answerOf<Data>(name, () => send(url, post({ query, variables })));
  return {
    ask: async <Data>(query: string, variables: Record<string, unknown>) =>
      dataOf(name, await answer<Data>(query, variables)),
    askPartly: async <Data>(query: string, variables: Record<string, unknown>) => {
      const { data, errors = [] } = await answer<Data>(query, variables);
      const isSomething = Object.values(data ?? {}).some((part) => part !== null);
      return dataOf(name, {
        data: data ?? null,
        errors: isSomething ? errors.filter(isMoreThanAway) : errors,
      });
    },
  };
}

function isMoreThanAway({ extensions }: NonNullable<Answer<unknown>['errors']>[number]): boolean {
  return extensions?.code !== 'UNAVAILABLE';
}

function post(body: object): RequestInit {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

async function answerOf<Data>(name: string, send: () => Promise<Response>): Promise<Answer<Data>> {
  try {
    const response = await send();
    if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
    // The query beside the call says what the answer is.
    return (await response.json()) as Answer<Data>;
  } catch (error) {
    // The cause is for logs: it tells addresses, and the message may be told to customers.
    throw new Unavailable(`${name} does not answer`, { cause: error });
  }
}

function dataOf<Data>(name: string, { data, errors = [] }: Answer<Data>): Data {
  const [error] = errors;
  const code = error?.extensions?.code;
  if (error && code !== undefined && !indefinite.has(code)) throw new Refusal(code, error.message);
  if (error) throw new Unavailable(`${name} failed: ${error.message}`);
  if (data === undefined || data === null) throw new Unavailable(`${name} answered without data`);
  return data;
}
