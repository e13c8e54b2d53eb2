import {
  context,
  isSpanContextValid,
  propagation,
  trace,
  SpanStatusCode,
  type Attributes,
  type Span,
  type SpanKind,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { reasonOf } from './errors';
import type { Environment } from './settings';

export { SpanKind, SpanStatusCode } from '@opentelemetry/api';
export type { Attributes, Span } from '@opentelemetry/api';

/** Headers of any protocol, as text. `traceparent` is the one that carries a trace from hop to hop. */
export type Carrier = Record<string, string>;

/** A span that is about to start. */
export interface SpanOptions {
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
  /** The headers of the hop before; without it the span joins whatever is active here. */
  readonly parent?: Readonly<Carrier>;
}

/**
 * Starts tracing. Spans are recorded only where `OTEL_EXPORTER_OTLP_ENDPOINT` says whom to send them to; without it a trace that
 * arrives is still handed on, so that a hop that does not record does not break the chain.
 *
 * @returns what sends the last spans and ends tracing.
 */
export function startTracing(name: string, version: string, env: Environment): () => Promise<void> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const recording = env['OTEL_EXPORTER_OTLP_ENDPOINT'] !== undefined && env['OTEL_SDK_DISABLED'] !== 'true';
  if (!recording) return async () => stopTracing();
  return record(name, version, new BatchSpanProcessor(otlp()));
}

/** Sends the spans from now on to the given processor. */
export function record(name: string, version: string, processor: SpanProcessor): () => Promise<void> {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': name, 'service.version': version }),
    spanProcessors: [processor],
  });
  trace.setGlobalTracerProvider(provider);
  return async () => {
    await provider.shutdown();
    stopTracing();
  };
}

/** Runs `work` inside a span; an error is noted on the span and thrown on. */
export function traced<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const from = options.parent ? propagation.extract(context.active(), options.parent) : context.active();
  const { kind, attributes = {} } = options;
  return trace
    .getTracer('@fluxwright/runtime')
    .startActiveSpan(name, { kind, attributes }, from, async (span) => {
      try {
        return await work(span);
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(error) });
        throw error;
      } finally {
        span.end();
      }
    });
}

/** The headers that carry the active trace to the next hop, added to the given ones. */
export function withTrace(headers: Readonly<Carrier> = {}): Carrier {
  const carrier = { ...headers };
  propagation.inject(context.active(), carrier);
  return carrier;
}

/** The active trace and span, for a line of log; empty outside of any. */
export function currentTrace(): { readonly trace_id?: string; readonly span_id?: string } {
  const active = trace.getActiveSpan()?.spanContext();
  return active && isSpanContextValid(active) ? { trace_id: active.traceId, span_id: active.spanId } : {};
}

function stopTracing(): void {
  trace.disable();
  context.disable();
  propagation.disable();
}

/** A collector that does not answer must not hold up a stop: three seconds, not the default of ten. */
function otlp(): SpanExporter {
  return new OTLPTraceExporter({ timeoutMillis: 3_000 });
}
