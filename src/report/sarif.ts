import { relative } from 'node:path';
import type { Rule } from '../check';
import { describe, type Finding, type Severity } from '../estate';

const levels: { readonly [severity in Severity]: string } = {
  error: 'error',
  warning: 'warning',
  note: 'note',
};

/** Findings as SARIF 2.1.0, which code scanning services show beside the lines. */
export function sarif(findings: readonly Finding[], rules: readonly Rule[], version: string): unknown {
  const driver = {
    name: 'fluxwright',
    version,
    rules: rules.map(({ id, title, why }) => ({
      id,
      shortDescription: { text: title },
      fullDescription: { text: why },
    })),
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results: findings.map(result) }],
  };
}

function result(finding: Finding): unknown {
  const { rule, severity, message, fix, object, path, cluster, origin } = finding;
  const about = object ? ` (${describe(object)}${path === undefined ? '' : `, ${path}`})` : '';
  const logical = object && {
    fullyQualifiedName: [cluster, object.id, path].filter(Boolean).join(' '),
    kind: 'resource',
  };
  const [frame] = origin?.frames ?? [];
  const physical = frame && {
    artifactLocation: { uri: relative(process.cwd(), frame.file) },
    region: { startLine: frame.line, startColumn: frame.column },
  };
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: `${message}${about}. Fix: ${fix}` },
    locations: [
      {
        ...(physical ? { physicalLocation: physical } : {}),
        ...(logical ? { logicalLocations: [logical] } : {}),
      },
    ],
  };
}
