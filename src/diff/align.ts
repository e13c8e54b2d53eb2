/** Beyond this many steps the middle of two lists counts as replaced: the cost grows with its square. */
const MOST_STEPS = 600;

/** Which item of one list is which of another: pairs of indexes, both ascending, as many as can be. */
export type Match = readonly [before: number, after: number];

/** The longest common subsequence of two lists (Myers): what was kept, in order. */
export function align(before: readonly string[], after: readonly string[]): Match[] {
  const start = commonLength(before, after, (list, index) => list[index]);
  const end = commonLength(before.slice(start), after.slice(start), (list, index) => list.at(-1 - index));
  const middle = shortestEdit(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  );
  return [
    ...Array.from({ length: start }, (_, index): Match => [index, index]),
    ...middle.map(([one, other]): Match => [one + start, other + start]),
    ...Array.from({ length: end }, (_, index): Match => [
      before.length - end + index,
      after.length - end + index,
    ]),
  ];
}

function commonLength(
  before: readonly string[],
  after: readonly string[],
  at: (list: readonly string[], index: number) => string | undefined,
): number {
  const most = Math.min(before.length, after.length);
  let length = 0;
  while (length < most && at(before, length) === at(after, length)) length++;
  return length;
}

/**
 * For each number of edits, how far one gets on every diagonal (before - after); the way back through these
 * gives the matches.
 */
function shortestEdit(before: readonly string[], after: readonly string[]): Match[] {
  if (before.length === 0 || after.length === 0) return [];
  const reach = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(before.length + after.length, MOST_STEPS); edits++) {
    trace.push(new Map(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = nextStart(reach, diagonal, edits);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      reach.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length)
        return walkBack(trace, before.length, after.length);
    }
  }
  return [];
}

function nextStart(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  return goesDown(reach, diagonal, edits) ? far(reach, diagonal + 1) : far(reach, diagonal - 1) + 1;
}

function goesDown(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && far(reach, diagonal - 1) < far(reach, diagonal + 1);
}

function far(reach: ReadonlyMap<number, number>, diagonal: number): number {
  return reach.get(diagonal) ?? 0;
}

function walkBack(trace: readonly ReadonlyMap<number, number>[], width: number, height: number): Match[] {
  const matches: Match[] = [];
  let x = width;
  let y = height;
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits] ?? new Map<number, number>();
    const previous = goesDown(reach, x - y, edits) ? x - y + 1 : x - y - 1;
    const startX = far(reach, previous);
    const startY = startX - previous;
    while (x > startX && y > startY && x > 0 && y > 0) matches.push([--x, --y]);
    x = startX;
    y = startY;
  }
  return matches.reverse();
}
