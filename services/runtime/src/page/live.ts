import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Service } from '../service';
import { pause } from '../wait';

const SILENCE_AT_MOST = 15_000;
const BETWEEN_EVENTS = 100;

/** Something whose state browsers follow: it tells its listeners when there is something new. */
export interface Live<State = unknown> {
  /** What browsers should show now. */
  readonly current: () => State;
  /** Calls the listener with each change; returns what ends that. */
  readonly onChange: (listener: () => void) => () => void;
}

/** Streams the state as server-sent events: now and after changes, until either side goes. Many changes at once become one event. */
export function streamLive(c: Context, service: Service, live: Live): Response {
  // The stream would wait for a reader for ever.
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' });
  return streamSSE(c, async (stream) => {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    stream.onAbort(end);
    service.stopping.addEventListener('abort', end, { once: true });
    while (!ended.signal.aborted && !service.stopping.aborted) {
      const change = nextChange(live, ended.signal);
      await stream.writeSSE({ data: JSON.stringify(live.current()) });
      await pause(BETWEEN_EVENTS, ended.signal);
      await change;
    }
    service.stopping.removeEventListener('abort', end);
  });
}

/** Waits for a change; without one, no longer than proxies let a silent connection live. */
function nextChange(live: Live, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      forget();
      ended.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, SILENCE_AT_MOST);
    const forget = live.onChange(done);
    ended.addEventListener('abort', done);
  });
}
