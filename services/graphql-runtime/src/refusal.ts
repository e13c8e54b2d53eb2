/**
 * What was asked cannot be done, and asking again would not change that: it is told to the caller in full. What may work later is
 * the runtime's `Unavailable`; everything else is a fault of our own, which the caller does not get to see.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** A word for programs: `OUT_OF_STOCK`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
