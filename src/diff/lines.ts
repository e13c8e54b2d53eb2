import { align } from './align';

/** One line of a text diff. */
export interface LineChange {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** What differs between two texts, line by line, with everything that is kept. */
export function diffLines(before: string, after: string): LineChange[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const changes: LineChange[] = [];
  let [atOld, atNow] = [0, 0];
  for (const [keptOld, keptNow] of [...align(old, now), [old.length, now.length] as const]) {
    while (atOld < keptOld) changes.push({ sign: '-', text: old[atOld++] ?? '' });
    while (atNow < keptNow) changes.push({ sign: '+', text: now[atNow++] ?? '' });
    if (atOld < old.length) changes.push({ sign: ' ', text: old[atOld] ?? '' });
    [atOld, atNow] = [keptOld + 1, keptNow + 1];
  }
  return changes;
}

/** The lines that changed, with a few around them; what is left out between them is undefined. */
export function hunks(changes: readonly LineChange[], context = 2): (LineChange | undefined)[] {
  const near = changes.map((_, index) =>
    changes.slice(Math.max(0, index - context), index + context + 1).some(({ sign }) => sign !== ' '),
  );
  return changes.flatMap((change, index) => {
    if (near[index]) return change;
    return index === 0 || near[index - 1] ? [undefined] : [];
  });
}
