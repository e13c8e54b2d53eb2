/** How an operation fared under load. */
export interface Measured {
  readonly perSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

/** Calls with a number that is new each time; fails by throwing. */
export type Operation = (number: number) => Promise<unknown>;

/** Long enough for a program of which an order needs little to run as compiled code. */
const WARM_UP = 10_000;
const ROUND = 4_000;
const ROUNDS = 3;

/**
 * Measures two operations by turns, so that whatever else the machine does meets both. Of each the median round by its throughput.
 * Each client waits for its answer before it asks again.
 */
export async function compare(
  ours: Operation,
  bare: Operation,
  clients: number,
): Promise<{ readonly ours: Measured; readonly bare: Measured }> {
  const rounds: { ours: Measured; bare: Measured }[] = [];
  await round(ours, clients, WARM_UP);
  await round(bare, clients, WARM_UP);
  for (let number = 0; number < ROUNDS; number++)
    rounds.push({ ours: await round(ours, clients, ROUND), bare: await round(bare, clients, ROUND) });
  return { ours: median(rounds.map(({ ours }) => ours)), bare: median(rounds.map(({ bare }) => bare)) };
}

let calls = 0;

async function round(operation: Operation, clients: number, milliseconds: number): Promise<Measured> {
  const took: number[] = [];
  const began = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      const asked = performance.now();
      await operation(calls++);
      took.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - began) / 1_000;
  took.sort((one, other) => one - other);
  return {
    perSecond: took.length / seconds,
    p50Milliseconds: percentile(took, 0.5),
    p99Milliseconds: percentile(took, 0.99),
  };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function median(rounds: readonly Measured[]): Measured {
  const sorted = rounds.toSorted((one, other) => one.perSecond - other.perSecond);
  return sorted[Math.floor(sorted.length / 2)]!;
}
