import { Unavailable, type Service } from '@fluxwright/runtime';
import { httpApp } from '@fluxwright/runtime/http';
import { showPage, streamLive } from '@fluxwright/runtime/page';
import type { Hono } from 'hono';
import { missingPage, unavailablePage, writtenPage } from './page';
import type { Ratings } from './ratings';

/** The page that writes twenty ratings with every load, and the events that keep it fresh. */
export function site(service: Service, ratings: Ratings, topic: string): Hono {
  const app = httpApp(service);
  app.get('/', async (c) => {
    c.header('cache-control', 'no-store');
    if (c.req.method === 'HEAD') return c.body(null);
    try {
      return showPage(c, writtenPage(await ratings.write(), ratings.current().total, topic));
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      return showPage(c, unavailablePage(error.message), 503);
    }
  });
  app.get('/events', (c) => streamLive(c, service, ratings));
  app.notFound((c) => showPage(c, missingPage, 404));
  return app;
}
