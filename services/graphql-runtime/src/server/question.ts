import { reasonOf } from '@fluxwright/runtime';
import { z } from 'zod';

/** What a request asks. */
export interface Question {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName?: string;
}

const question = z.object({
  query: z.string(),
  variables: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((given) => given ?? {}),
  operationName: z
    .string()
    .nullish()
    .transform((given) => given ?? undefined),
});

/**
 * Reads a question: one, by POST, as JSON. Other forms of request are refused: a form is something that a foreign web page can send
 * without asking.
 *
 * @returns the answer that refuses it where it is none.
 */
export async function readQuestion(request: Request, mostBytes: number): Promise<Question | Response> {
  const { method, headers } = request;
  if (method !== 'POST')
    return problem(405, 'METHOD_NOT_ALLOWED', `${method} is not served here; POST a query as JSON.`);
  const [type = ''] = (headers.get('content-type') ?? 'none').split(';');
  if (type.trim().toLowerCase() !== 'application/json')
    return problem(415, 'UNSUPPORTED_MEDIA_TYPE', `The content type is ${type}; send application/json.`);
  const body = await readBody(request, mostBytes);
  if (!body)
    return problem(413, 'TOO_LARGE', `The body has more than the ${mostBytes} bytes that are allowed.`);
  return parsed(body);
}

/** An answer that has nothing but an error. */
export function problem(status: number, code: string, message: string): Response {
  const allow = status === 405 ? { headers: { allow: 'POST' } } : {};
  return Response.json({ errors: [{ message, extensions: { code } }] }, { status, ...allow });
}

function parsed(body: Uint8Array): Question | Response {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const { operationName, ...rest } = question.parse(
      JSON.parse(text, mayHaveHalves(text) ? whole : undefined),
    );
    return operationName === undefined ? rest : { ...rest, operationName };
  } catch (error) {
    return problem(400, 'BAD_REQUEST', `The body is no question as JSON: ${complaintOf(error)}`);
  }
}

function mayHaveHalves(text: string): boolean {
  return /\\ud[89a-f]/i.test(text);
}

/** Half of a surrogate pair cannot be kept: a database would keep another text, and two keys that differ would become one. */
function whole(_: string, value: unknown): unknown {
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value))
    throw new Error('a text has half of a surrogate pair in it');
  return value;
}

function complaintOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return reasonOf(error);
  return error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
}

/** Nothing where there is more than is allowed. A length that was given is one that the server has seen to. */
async function readBody(request: Request, mostBytes: number): Promise<Uint8Array | undefined> {
  const length = request.headers.get('content-length');
  if (length !== null)
    return Number(length) > mostBytes ? undefined : new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
