/** An error whose message says it all: how a command was called, or what it was given. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
