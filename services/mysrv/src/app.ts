import type { Service } from '@fluxwright/runtime';
import { httpApp } from '@fluxwright/runtime/http';
import type { Hono } from 'hono';

/** Says hello, and on which host. */
export function mysrv(service: Service, hostname: string): Hono {
  const app = httpApp(service);
  app.get('/', (c) => c.text('Hello world!'));
  app.get('/health/hostname', (c) => c.text(hostname));
  app.notFound((c) => c.text('Resource not found', 404));
  return app;
}
