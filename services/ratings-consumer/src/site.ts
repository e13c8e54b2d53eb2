import { createListeners, type Service } from '@fluxwright/runtime';
import { httpApp } from '@fluxwright/runtime/http';
import { showPage, streamLive, type Live } from '@fluxwright/runtime/page';
import type { Hono } from 'hono';
import { missingPage, rankingPage, type Shown } from './page';
import type { Ranking } from './ranking';

/** The page with the ranking, and the events that keep it fresh. */
export function site(service: Service, ranking: Ranking, topic: string): Hono {
  const app = httpApp(service);
  const live = shown(service, ranking);
  app.get('/', (c) => {
    c.header('cache-control', 'no-store');
    return showPage(c, rankingPage(live.current(), topic));
  });
  app.get('/events', (c) => streamLive(c, service, live));
  app.notFound((c) => showPage(c, missingPage, 404));
  return app;
}

/** The ranking, and whether it is still being added to. */
function shown({ readiness }: Service, ranking: Ranking): Live<Shown> {
  const listeners = createListeners();
  ranking.onChange(listeners.tell);
  readiness.onChange(listeners.tell);
  return {
    onChange: listeners.add,
    current: () => ({ ...ranking.current(), reading: readiness.report().ready }),
  };
}
