import { Agent, request } from 'node:http';

/** What became of the requests of one phase. */
export interface Tally {
  ok: number;
  failed: number;
  readonly began: number;
  /** Who answered, and when for the first and the last time, in milliseconds of the phase. */
  readonly answeredBy: Map<string, readonly [first: number, last: number]>;
  readonly failures: Map<string, number>;
}

/** Requests without pause from a few clients, until stopped. */
export interface Load {
  /** Ends the phase and returns its tally. */
  next(): Tally;
  stop(): Promise<void>;
}

/** Starts the load: each client waits for its answer before it asks again. */
export function startLoad(url: string, clients: number): Load {
  const agent = new Agent({ keepAlive: true });
  let tally = emptyTally();
  const ended = new AbortController();
  const client = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const [status, text] = await get(url, agent);
      count(tally, status, text);
      if (status !== 200) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const running = Promise.all(Array.from({ length: clients }, client));
  return {
    next: () => {
      const done = tally;
      tally = emptyTally();
      return done;
    },
    stop: async () => {
      ended.abort();
      await running;
      agent.destroy();
    },
  };
}

function emptyTally(): Tally {
  return { ok: 0, failed: 0, began: performance.now(), answeredBy: new Map(), failures: new Map() };
}

function count(tally: Tally, status: number, text: string): void {
  if (status === 200) {
    tally.ok++;
    const now = Math.round(performance.now() - tally.began);
    tally.answeredBy.set(text, [tally.answeredBy.get(text)?.[0] ?? now, now]);
  } else {
    tally.failed++;
    const reason = status === 0 ? text : `HTTP ${status}`;
    tally.failures.set(reason, (tally.failures.get(reason) ?? 0) + 1);
  }
}

function get(url: string, agent: Agent): Promise<[status: number, text: string]> {
  return new Promise((resolve) => {
    const sent = request(url, { agent, timeout: 10_000 }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
      response.on('error', (error) => resolve([0, error.message]));
    });
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.on('error', (error) => resolve([0, error.message]));
    sent.end();
  });
}
