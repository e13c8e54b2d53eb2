import type { Rule } from '../src/check';
import type { RuleGroup } from '../src/check/rules';
import { ignorePrefix } from '../src/construct/ignore';
import { obstacles } from '../src/estate';

const introduction = `# The rules

Every estate is checked against these rules before anything is written. An error keeps \`dist/\` as it is; a warning
and a note do not. Where two severities are given, the first holds on clusters with the profile \`lean\`, the second on
those with \`ha\`. \`fluxwright explain <rule>\` prints the same page.

**To silence a rule for one object**, say why. The reason is written into the manifest, where the next reader finds it:

\`\`\`ts
ignore(deployment, 'probe-missing', 'a batch importer: nothing connects to it');
\`\`\`

In YAML that somebody else wrote it is an annotation, \`${ignorePrefix}<rule>: <reason>\`. An empty reason silences nothing.

**To change a rule for the whole project**, or to add one of your own, tell the app:

\`\`\`ts
new FluxApp({
  rules: {
    severity: { 'unused-source': 'error', 'resources-missing': 'off' },
    add: [teamIsNamed], // examples/own-rule
  },
});
\`\`\`
`;

const obstaclesChapter = `## What stops before the rules

What keeps an estate from being made, read or written is a finding too, an error but for the one that git ignores the folder, and cannot be silenced.

| finding | what is wrong | |
| --- | --- | --- |
${obstacles.map(({ id, title, why }) => `| ${id} | ${title} | ${why} |`).join('\n')}
`;

/** The text of `docs/rules.md`. */
export function rulesPage(groups: readonly RuleGroup[]): string {
  const chapters = groups.map(
    ({ title, about, rules }) => `## ${title}\n\n${about}\n\n${rules.map(rulePage).join('\n')}`,
  );
  return [introduction, overview(groups), ...chapters, obstaclesChapter].join('\n');
}

function overview(groups: readonly RuleGroup[]): string {
  const rows = groups.flatMap(({ rules }) =>
    rules.map((rule) => `| [${rule.id}](#${rule.id}) | ${severityOf(rule)} | ${rule.title} |`),
  );
  return `| rule | severity | what holds |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

function severityOf({ severity }: Rule): string {
  return typeof severity === 'string' ? severity : `${severity.lean}, ${severity.ha}`;
}

function rulePage(rule: Rule): string {
  const { id, title, why, bad, good } = rule;
  return `### ${id}

**${title}** (${severityOf(rule)})

${why}

Not so:

${fenced(bad)}

But so:

${fenced(good)}

Silence it with \`ignore(object, '${id}', '<why>')\` or \`${ignorePrefix}${id}: <why>\`.
`;
}

/** TypeScript where it looks like it, YAML where there are fields, plain text for a description. */
function fenced(text: string): string {
  const language = /\bnew \w+\(|super\(|^(const|\/\/)/m.test(text)
    ? 'ts'
    : /^\s*(- )?["\w./-]+:( |$)|^# /m.test(text)
      ? 'yaml'
      : 'text';
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
