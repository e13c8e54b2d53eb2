import type { Service } from '@fluxwright/runtime';
import { httpApp } from '@fluxwright/runtime/http';
import { showPage, streamLive } from '@fluxwright/runtime/page';
import type { Hono } from 'hono';
import { missingPage, rankingPage } from './page';
import type { Ranking } from './ranking';

/** The page with the ranking, and the events that keep it fresh. */
export function site(service: Service, ranking: Ranking, topic: string): Hono {
  const app = httpApp(service);
  app.get('/', (c) => {
    c.header('cache-control', 'no-store');
    return showPage(c, rankingPage(ranking.current(), topic, service.readiness.report().ready));
  });
  app.get('/events', (c) => streamLive(c, service, ranking));
  app.notFound((c) => showPage(c, missingPage, 404));
  return app;
}
