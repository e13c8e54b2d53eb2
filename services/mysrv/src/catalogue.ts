import { Unavailable, reasonOf, type Logger } from '@fluxwright/runtime';
import type { Agent } from './agent';
import { ttlCheckOf, type Registration } from './registration';

/** A service's place in Consul's catalogue. */
export interface Place {
  /**
   * Makes sure that the service is registered with one agent and passing.
   *
   * @throws {Unavailable} when no agent answers.
   */
  keep(): Promise<void>;
  /** Leaves the catalogue. */
  leave(): Promise<void>;
}

/**
 * Registers with the first agent that answers, and stays with it for as long as it does. An agent that forgot the service is told
 * again. When one is lost the next takes over, and the lost one is told to forget as soon as it is back: it would list the service
 * twice.
 */
export function placeIn(
  agents: readonly Agent[],
  registration: Registration,
  log: Pick<Logger, 'info' | 'warn'>,
): Place {
  let home: Agent | undefined;
  const strays = new Set<Agent>();
  return {
    async keep() {
      if (home && (await isAt(home, registration))) return forgetAll(strays, registration);
      const candidates = home ? [home, ...agents.filter((agent) => agent !== home)] : agents;
      const next = await registerAtFirst(candidates, registration);
      log.info(`registered with Consul at ${next.url}`);
      if (home && home !== next) strays.add(home);
      strays.delete(next);
      home = next;
    },
    async leave() {
      if (home) strays.add(home);
      await forgetAll(strays, registration);
      for (const { url } of strays) log.warn(`Consul at ${url} could not be told that we leave`);
    },
  };
}

async function isAt(agent: Agent, { ID }: Registration): Promise<boolean> {
  return agent.pass(ttlCheckOf(ID)).catch(() => false);
}

async function registerAtFirst(agents: readonly Agent[], registration: Registration): Promise<Agent> {
  const reasons: string[] = [];
  for (const agent of agents) {
    try {
      await agent.register(registration);
      return agent;
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  throw new Unavailable(`no Consul agent answers: ${reasons.join('; ')}`);
}

/** Tells the agents to forget the service; those that do not hear it stay in the set. */
async function forgetAll(agents: Set<Agent>, { ID }: Registration): Promise<void> {
  for (const agent of agents) {
    await agent.deregister(ID).then(
      () => agents.delete(agent),
      () => undefined,
    );
  }
}
