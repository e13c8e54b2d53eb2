import type { Finding } from '../estate';

type Rewrite = (finding: Finding) => string;

/** What to write in YAML, where the rule speaks TypeScript. */
const fixes: { readonly [rule: string]: Rewrite } = {
  'missing-namespace': ({ message }) => {
    const name = /Namespace (\S+?):/.exec(message)?.[1] ?? '';
    return `make a Namespace ${name} in this unit, or in one that it depends on`;
  },
  'missing-crd': () => 'bring its CRD, in this repository or by a chart',
  'plain-secret': () =>
    'encrypt it with SOPS, or have it made from outside by an ExternalSecret or a SealedSecret; if it is no secret, use a ConfigMap',
  'unknown-kind': ({ fix }) => fix,
};

/** A finding whose fix speaks of YAML. */
export function inYaml(finding: Finding): Finding {
  const fix = fixes[finding.rule]?.(finding) ?? plain(finding.fix, finding.rule);
  return { ...finding, fix };
}

const replacements: readonly (readonly [RegExp, string])[] = [
  [
    /,? or(?: say where it comes from)?: external\(this, \{.*?\}\)/,
    ', or, where it is made elsewhere, ANNOTATION',
  ],
  [
    /, or switch it off in the values of the chart and say so with ignore\(…\)/,
    ', or switch it off in the values of the chart and ANNOTATION',
  ],
  [/ with ignore\(.*?\)/, ': ANNOTATION'],
  [/, or give the chart one: super\(.*\)$/, ', or targetNamespace in its Kustomization'],
  [/into a chart of its own that both use/, 'into a Kustomization of its own that both depend on'],
];

function plain(fix: string, rule: string): string {
  const annotation = `say why in an annotation ignore.fluxwright.dev/${rule}`;
  return replacements
    .reduce((text, [pattern, words]) => text.replace(pattern, words), fix)
    .replace('ANNOTATION', annotation);
}
