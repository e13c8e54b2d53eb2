import type { Service } from '@fluxwright/runtime';
import type { Encode } from '@fluxwright/runtime/avro';
import { httpApp } from '@fluxwright/runtime/http';
import { MessageTooLarge, type KafkaPort } from '@fluxwright/runtime/kafka';
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Message } from './message';

const PREFIX = '/api/publish/';

/** What the routes need. */
export interface Publishing {
  readonly kafka: KafkaPort;
  readonly topic: string;
  readonly encode: Encode<Message>;
}

/** `POST /api/publish/:message` publishes the message and answers once the brokers have it. */
export function api(service: Service, { kafka, topic, encode }: Publishing): Hono {
  const app = httpApp(service);
  app.post(`${PREFIX}:message`, async (c) => {
    refuseBody(c);
    const value = encode({ text: messageOf(c) });
    await kafka.publish(topic, [{ value }]).catch(refuseTooLarge);
    return c.text('Alrighty then!', 201);
  });
  return app;
}

/** A body would be ignored, and whoever sent it would believe that it was published. */
function refuseBody(c: Context): void {
  const length = c.req.header('content-length') ?? '0';
  if (length === '0' && c.req.header('transfer-encoding') === undefined) return;
  throw refusal(415, 'The message is the last part of the path; send no body.');
}

/** The router puts a replacement character where the path is not UTF-8; a message must not change on its way. */
function messageOf(c: Context): string {
  const { pathname } = new URL(c.req.url);
  const text = decoded(pathname.slice(PREFIX.length));
  // Readers would take it for Avro, and set aside what was acknowledged.
  if (text.startsWith('\0')) throw refusal(400, 'A message does not begin with a zero byte.');
  return text;
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw refusal(400, 'The message is not percent-encoded UTF-8 text.');
  }
}

function refuseTooLarge(error: unknown): never {
  throw error instanceof MessageTooLarge ? refusal(413, error.message) : error;
}

function refusal(status: 400 | 413 | 415, error: string): HTTPException {
  return new HTTPException(status, { res: Response.json({ error }, { status }) });
}
