import { reasonOf, Unavailable } from '../errors';
import { SpanKind, SpanStatusCode, traced, withTrace } from '../tracing';

/**
 * `fetch` that hands on the trace and gives up in time.
 *
 * @throws {Unavailable} when nobody answered; an answer with any status is a result.
 */
export function tracedFetch(url: string, init: RequestInit = {}, seconds = 5): Promise<Response> {
  const { method = 'GET', headers } = init;
  const { host, pathname } = new URL(url);
  const attributes = { 'http.request.method': method, 'server.address': host, 'url.path': pathname };
  return traced(`${method} ${host}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      const signal = AbortSignal.any([
        AbortSignal.timeout(seconds * 1_000),
        ...(init.signal ? [init.signal] : []),
      ]);
      const response = await fetch(url, {
        ...init,
        signal,
        headers: withTrace(Object.fromEntries(new Headers(headers))),
      });
      span.setAttribute('http.response.status_code', response.status);
      if (response.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      return response;
    } catch (error) {
      throw new Unavailable(`${method} ${host}${pathname} was not answered: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  });
}
