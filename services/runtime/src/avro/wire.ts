import { PoisonMessage } from '../errors';

const MAGIC = 0;
const HEADER_BYTES = 5;

/** Puts the registry's header in front of an Avro body: a zero, then the schema's id. */
export function frame(id: number, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32BE(id, 1);
  return Buffer.concat([header, body]);
}

/** Whether bytes begin as the registry's header does; no text that is published here begins with a zero. */
export function isFramed(bytes: Buffer): boolean {
  return bytes[0] === MAGIC;
}

/** The reverse of {@link frame}. @throws {PoisonMessage} when the header is cut short, or has what is no id. */
export function unframe(bytes: Buffer): { readonly id: number; readonly body: Buffer } {
  if (bytes.length < HEADER_BYTES) throw new PoisonMessage('malformed Avro: the header is cut short');
  const id = bytes.readInt32BE(1);
  if (id < 0) throw new PoisonMessage(`malformed Avro: ${id} is no id of a schema`);
  return { id, body: bytes.subarray(HEADER_BYTES) };
}
