import type { Schema } from 'avsc';
import type { z } from 'zod';
import { PoisonMessage } from '../errors';

/** How the messages of a topic look: as Avro where there is a registry, in their plain form where there is none. */
export interface Format<T> {
  readonly topic: string;
  /** The Avro schema. A change has to give new fields a default, so that old messages stay readable. */
  readonly schema: Schema;
  /** What a message has to be, in whichever form it came. */
  readonly check: z.ZodType<T>;
  readonly toPlain: (value: T) => string;
  /** The value, still unchecked, of a plain message. */
  readonly fromPlain: (text: string) => unknown;
}

/** The value that `unchecked` is. @throws {PoisonMessage} when it is none. */
export function checked<T>(format: Format<T>, unchecked: unknown): T {
  const result = format.check.safeParse(unchecked);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new PoisonMessage(
    `not a message of ${format.topic}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}

/** The text of bytes. @throws {PoisonMessage} when they are not UTF-8. */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PoisonMessage(`${bytes.length} bytes that are not UTF-8 text`);
  }
}
