import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { Histogram } from 'prom-client';
import { reasonOf } from '../errors';
import type { Service } from '../service';
import { SpanKind, SpanStatusCode, traced } from '../tracing';

/** Traces, measures and logs each request, and asks clients to go elsewhere once the program is stopping. */
export function observeRequests(service: Service): MiddlewareHandler {
  const seconds = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'How long requests took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [service.metrics],
  });
  return async (c, next) => {
    const started = performance.now();
    const attributes = { 'http.request.method': c.req.method, 'url.path': c.req.path };
    await traced(
      c.req.method,
      { kind: SpanKind.SERVER, attributes, parent: c.req.header() },
      async (span) => {
        await next();
        span.updateName(`${c.req.method} ${routeOf(c)}`);
        span.setAttributes({ 'http.route': routeOf(c), 'http.response.status_code': c.res.status });
        if (c.res.status >= 500)
          span.setStatus({ code: SpanStatusCode.ERROR, ...(c.error && { message: reasonOf(c.error) }) });
      },
    );
    const took = (performance.now() - started) / 1_000;
    seconds.observe({ method: c.req.method, route: routeOf(c), status: c.res.status }, took);
    service.log.debug(
      { method: c.req.method, path: c.req.path, status: c.res.status, seconds: took },
      'request',
    );
    if (service.stopping.aborted) c.header('connection', 'close');
  };
}

/** The pattern of the route, not the path: there are few patterns, but as many paths as anybody likes. */
function routeOf(c: Context): string {
  return c.res.status === 404 ? 'none' : routePath(c, -1);
}
