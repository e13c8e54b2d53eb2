import { setTimeout as sleep } from 'node:timers/promises';
import type { EstateObject } from '../../../src/estate';
import type { Lab } from '../../../src/lab';
import { openPort, type Target } from '../../../src/lab/open';
import type { Answer } from './inside/request';
import { addressOf, isReady, podsOf } from './running';

/** A program of the cluster as this machine reaches it: an address on loopback that leads to one of its pods after the other. */
export interface Door {
  readonly url: string;
  close(): void;
}

/** Opens a door to the ready pods of a program. */
export async function openDoor(
  lab: Lab,
  program: Pick<EstateObject, 'namespace' | 'name'>,
  port: number,
): Promise<Door> {
  let turn = 0;
  let known: Promise<readonly string[]> | undefined;
  const ready = async (): Promise<readonly string[]> =>
    (await podsOf(lab, program)).filter(isReady).map(addressOf);
  const target = async (): Promise<Target> => {
    known ??= ready();
    const hosts = await known;
    return { host: hosts[turn++ % hosts.length] ?? '', port };
  };
  const forget = setInterval(() => (known = undefined), 1000);
  const opened = await openPort(lab.plan, target, 0);
  return {
    url: `http://127.0.0.1:${opened.port}`,
    close: () => {
      clearInterval(forget);
      opened.server.close();
    },
  };
}

const PATIENCE = 8000;

/** The status of an answer; 0 where none came. */
export async function statusOf(url: string, method = 'GET'): Promise<number> {
  try {
    const answer = await fetch(url, { method, signal: AbortSignal.timeout(PATIENCE) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** The whole answer. */
export async function answerOf(url: string, method = 'GET'): Promise<Answer> {
  const answer = await fetch(url, { method, signal: AbortSignal.timeout(PATIENCE) });
  return { status: answer.status, text: await answer.text() };
}

/** Does something in several lanes at once, each with a pause after each time, until it is told to stop. */
export async function inLanes(lanes: number, pause: number, work: () => Promise<boolean>): Promise<void> {
  const lane = async (): Promise<void> => {
    while (await work()) await sleep(pause);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
