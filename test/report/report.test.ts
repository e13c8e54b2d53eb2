import { expect, test } from '@jest/globals';
import type { Finding } from '../../src/estate';
import { report } from '../../src/report';

const finding: Finding = {
  rule: 'schema',
  severity: 'error',
  message: 'a whole number belongs here',
  fix: 'write 3, not "3"',
  cluster: 'test',
  object: {
    id: 'apps/Deployment/shop/api',
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'shop',
    name: 'api',
  },
  path: 'spec.replicas',
  origin: { construct: 'test/shop/api', frames: [{ file: __filename, line: 1, column: 10 }] },
};
const context = { rules: [], version: '1.2.3', color: false };

test('people read what is wrong, with which object, at which line, and what to write', () => {
  expect(report([finding], 'text', context)).toBe(
    [
      'error[schema] a whole number belongs here',
      '  in  test: Deployment shop/api, spec.replicas',
      '  at  test/report/report.test.ts:1:10',
      "      1 │ import { expect, test } from '@jest/globals';",
      '        │          ^',
      '  fix write 3, not "3"',
      '',
      '1 error',
    ].join('\n'),
  );
});

test('nothing is said where nothing is wrong', () => {
  expect(report([], 'text', context)).toBe('');
  expect(report([], 'github', context)).toBe('');
});

test('machines read the findings as they are', () => {
  expect(JSON.parse(report([finding], 'json', context))).toEqual({ findings: [finding] });
});

test('code scanning gets the rule, the level and the place', () => {
  const { runs } = JSON.parse(report([finding], 'sarif', context)) as { runs: { results: unknown[] }[] };
  expect(runs[0]?.results).toMatchObject([
    {
      ruleId: 'schema',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'test/report/report.test.ts' },
            region: { startLine: 1, startColumn: 10 },
          },
        },
      ],
    },
  ]);
});

test('a workflow gets one command a finding, with what commands cannot hold escaped', () => {
  const odd = { ...finding, message: 'a, b: 100%\nand more' };
  expect(report([odd], 'github', context)).toBe(
    '::error file=test/report/report.test.ts,line=1,col=10,title=schema::Deployment shop/api, spec.replicas: a, b: 100%25%0Aand more%0AFix: write 3, not "3"',
  );
});
