import { Unavailable } from '@fluxwright/runtime';
import { tracedFetch } from '@fluxwright/runtime/http';
import type { Registration } from './registration';

/** A Consul agent, as far as a service that registers itself needs it. */
export interface Agent {
  readonly url: string;
  register(registration: Registration): Promise<void>;
  deregister(id: string): Promise<void>;
  /** Says that the service is well. False: the agent does not know the check (any more). */
  pass(checkId: string): Promise<boolean>;
}

/** Sends a request: `tracedFetch`, or in tests whatever plays the agent. */
export type Send = (url: string, init: RequestInit, seconds?: number) => Promise<Response>;

/** Talks to the agent at the address, with a token where Consul asks for one. Whatever it does not do now is `Unavailable`. */
export function consulAgent(url: string, token: string | undefined, send: Send = tracedFetch): Agent {
  const put = async (path: string, body?: object): Promise<Response> => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { 'x-consul-token': token }),
    };
    return send(`${url}/v1/agent/${path}`, { method: 'PUT', headers, body: JSON.stringify(body ?? {}) }, 2);
  };
  return {
    url,
    register: async (registration) =>
      done(await put('service/register?replace-existing-checks=true', registration)),
    deregister: async (id) => {
      const response = await put(`service/deregister/${encodeURIComponent(id)}`);
      if (response.status !== 404) await done(response);
    },
    pass: async (checkId) => {
      const response = await put(`check/pass/${encodeURIComponent(checkId)}`);
      if (response.status !== 404) await done(response);
      return response.ok;
    },
  };
}

async function done(response: Response): Promise<void> {
  const text = await response.text();
  if (!response.ok) throw new Unavailable(`Consul answered ${response.status} ${text.trim().slice(0, 200)}`);
}
