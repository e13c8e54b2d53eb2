import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { reasonOf, Unavailable } from '../errors';
import type { Service } from '../service';
import { observeRequests } from './observe';

/**
 * An HTTP application with what every program answers: `GET /health` (alive: `Alive!`), `GET /ready` (can it do its job; 503 and the reasons
 * if not), `GET /metrics` for Prometheus, 404 for what nobody serves. Routes that are added are traced, measured and logged.
 *
 * An {@link Unavailable} that a route throws is answered with 503 and its message; any other error with 500 and nothing of its text.
 */
export function httpApp(service: Service): Hono {
  const app = new Hono();
  app.get('/health', (c) => c.text('Alive!'));
  app.get('/ready', (c) => {
    const report = service.readiness.report();
    return c.json(report, report.ready ? 200 : 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await service.metrics.metrics(), 200, { 'content-type': service.metrics.contentType }),
  );
  app.use(observeRequests(service));
  app.notFound((c) => c.text('Not found', 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (error instanceof Unavailable) return c.json({ error: error.message }, 503, { 'retry-after': '1' });
    service.log.error({ err: error }, `${c.req.method} ${c.req.path} failed: ${reasonOf(error)}`);
    return c.json({ error: 'Something went wrong here; the log says what.' }, 500);
  });
  return app;
}
