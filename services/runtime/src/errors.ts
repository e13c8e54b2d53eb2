/** Somebody whom we need does not answer now; the same attempt may succeed later, so nothing is lost by waiting. */
export class Unavailable extends Error {
  override readonly name: string = 'Unavailable';
}

/** A message that no attempt will ever handle: it is malformed, too old, or meant for somebody else. */
export class PoisonMessage extends Error {
  override readonly name: string = 'PoisonMessage';
}

/** The text of whatever was thrown, with the causes that say more. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? reasonOf(error.cause) : '';
  const text = error.message === '' ? nameOf(error) : error.message;
  return cause === '' || text.includes(cause) ? text : `${text}: ${cause}`;
}

/** Node leaves the message of an AggregateError empty and puts all it knows in its parts. */
function nameOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(reasonOf).join(', ') : error.name;
}
