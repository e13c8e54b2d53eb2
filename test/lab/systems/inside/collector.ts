/**
 * Runs in the network of a pod, beside its program: takes spans by OTLP over HTTP on loopback for some seconds, then
 * prints them as JSON.
 */
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** One step of a trace. */
export interface Span {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly {
        readonly key: string;
        readonly value: { readonly stringValue?: string };
      }[];
    };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<Span, 'service'>[] }[];
  }[];
}

const PORT = 4318;

function spansOf({ resourceSpans }: Export): Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
    const spans = scopeSpans.flatMap((scope) => scope.spans);
    return spans.map(({ traceId, spanId, parentSpanId, name, startTimeUnixNano }) => ({
      service,
      traceId,
      spanId,
      ...(parentSpanId ? { parentSpanId } : {}),
      name,
      startTimeUnixNano,
    }));
  });
}

function main(seconds: number): void {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      spans.push(...spansOf(body as Export));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  server.listen(PORT, '127.0.0.1');
  setTimeout(() => {
    process.stdout.write(JSON.stringify(spans), () => process.exit());
  }, seconds * 1000);
}

main(Number(process.argv[2]));
