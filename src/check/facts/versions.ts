/** Whether a version is one exact version, as opposed to a range or nothing. */
export function isExactVersion(version: string): boolean {
  return /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?([+_][0-9A-Za-z.-]+)?$/.test(version);
}

/** Whether a release of Kubernetes is at least as new as another one: `1.35` or `v1.35.2` and `1.22`. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = numbers(version);
  const [wantedMajor = 0, wantedMinor = 0] = numbers(wanted);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

function numbers(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
