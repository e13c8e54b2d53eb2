import { Unavailable, reasonOf, type Logger } from '@fluxwright/runtime';
import type { Agent } from './agent';
import { ttlCheckOf, type Registration } from './registration';

/** A service's place in Consul's catalogue. */
export interface Place {
  /** Makes sure that the service is registered with one agent and passing. @throws {Unavailable} when no agent answers. */
  keep(): Promise<void>;
  /** Leaves the catalogue. */
  leave(): Promise<void>;
}

/**
 * Registers with the first agent that answers, and stays with it for as long as it does. An agent that forgot the service is told again. When one is
 * lost the next takes over, and the lost one is told to forget as soon as it is back: it would list the service twice.
 */
export function placeIn(
  agents: readonly Agent[],
  registration: Registration,
  log: Pick<Logger, 'info' | 'warn'>,
): Place {
  let home: Agent | undefined;
  const strays = new Set<Agent>();
  const move = (to: Agent): void => {
    if (home) strays.add(home);
    strays.delete(to);
    home = to;
    log.info(`registered with Consul at ${to.url}`);
  };
  return {
    async keep() {
      const [agent, isNew] = await firstThatAnswers(
        home ? [home, ...agents.filter((other) => other !== home)] : agents,
        registration,
      );
      if (isNew || agent !== home) move(agent);
      for (const stray of strays) if (await forgets(stray, registration)) strays.delete(stray);
    },
    async leave() {
      const told = [...strays, ...(home ? [home] : [])];
      for (const agent of told) {
        if (!(await forgets(agent, registration)))
          log.warn(`Consul at ${agent.url} could not be told that we leave`);
      }
    },
  };
}

async function firstThatAnswers(
  agents: readonly Agent[],
  registration: Registration,
): Promise<[Agent, isNew: boolean]> {
  const reasons: string[] = [];
  for (const agent of agents) {
    try {
      return [agent, await ensure(agent, registration)];
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  throw new Unavailable(`no Consul agent answers: ${reasons.join('; ')}`);
}

/** True when the agent had to be told anew. */
async function ensure(agent: Agent, registration: Registration): Promise<boolean> {
  const check = ttlCheckOf(registration.ID);
  if (await agent.pass(check)) return false;
  await agent.register(registration);
  await agent.pass(check);
  return true;
}

async function forgets(agent: Agent, { ID }: Registration): Promise<boolean> {
  return agent.deregister(ID).then(
    () => true,
    () => false,
  );
}
