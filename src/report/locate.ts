import type { Finding } from '../estate';
import { fieldFrame } from '../why';

/** Findings that point at the line of their field, where the source shows it, rather than at their object's. */
export function locate(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    const { origin, path } = finding;
    const frame = origin && path !== undefined ? fieldFrame({ origin }, path) : undefined;
    const [first] = origin?.frames ?? [];
    if (!origin || !frame || (first && frame.line === first.line && frame.file === first.file))
      return finding;
    return { ...finding, origin: { construct: origin.construct, frames: [frame, ...origin.frames] } };
  });
}
