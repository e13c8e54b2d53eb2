/**
 * Of several known versions of a chart the one that tells most about another one: itself, else the newest that is
 * older, else the oldest.
 */
export function nearestVersion<T extends { readonly version: string }>(
  known: readonly T[],
  version: string,
): T | undefined {
  const sorted = known.toSorted((a, b) => compareVersions(a.version, b.version));
  return sorted.findLast((candidate) => compareVersions(candidate.version, version) <= 0) ?? sorted[0];
}

/** Orders chart versions: `1.2.3` before `v1.10.0`, releases after their pre-releases. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [parts(a), parts(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (first.numbers[index] ?? 0) - (second.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (first.suffix === second.suffix) return 0;
  if (first.suffix === '') return 1;
  if (second.suffix === '') return -1;
  return first.suffix < second.suffix ? -1 : 1;
}

function parts(version: string): { numbers: number[]; suffix: string } {
  const [core = '', suffix = ''] = version.replace(/^v/, '').split('+', 1)[0]!.split(/-(.*)/s);
  return { numbers: core.split('.').map(Number), suffix };
}
