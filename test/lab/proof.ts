import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The variable with which a run tells its tests where to put what they found. */
export const PROOF_FOLDER = 'FLUXWRIGHT_LAB_PROOF';

/** The parts of the page, in their order. */
const SECTIONS = [
  'dry-run',
  'order',
  'needed',
  'blocking',
  'settings',
  'agreement',
  'failure',
  'scale',
  'changes',
  'systems',
  'peers',
  'publishing',
  'hello',
  'mysrv',
  'pages',
  'firewall',
  'messages',
  'scaling',
  'trace',
  'restart',
  'volumes',
] as const;

export type Section = (typeof SECTIONS)[number];

const HEAD = `# What the lab has shown

Written by \`npm run test:lab -- --write-proof\` while it ran, never by hand; run it to see your own figures. The lab
is a real Kubernetes with real Flux controllers, without a network. What is not to be had without one is stood in
for, as each part says.
`;

/** Keeps what a test found for the page; a run that writes none does not ask for it. */
export function prove(section: Section, lines: readonly string[]): void {
  const folder = process.env[PROOF_FOLDER];
  if (folder) writeFileSync(join(folder, `${section}.md`), `${lines.join('\n')}\n`);
}

/** A table for the page. */
export function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)];
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Writes the page out of what the tests of a run have found. The parts of tests that did not run stay as they were. */
export function writeProof(folder: string, page: string): void {
  const old = partsOf(existsSync(page) ? readFileSync(page, 'utf8') : '');
  const parts = SECTIONS.flatMap((section) => {
    const file = join(folder, `${section}.md`);
    const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : old.get(section);
    return text === undefined ? [] : `<!-- ${section} -->\n\n${text}\n`;
  });
  writeFileSync(page, [HEAD, ...parts].join('\n'));
}

/** The parts of a page that was written before, by the comments that they begin with. */
function partsOf(page: string): ReadonlyMap<string, string> {
  const [, ...pieces] = page.split(/^<!-- ([a-z-]+) -->$/m);
  const isName = (_: string, index: number): boolean => index % 2 === 0;
  return new Map(pieces.filter(isName).map((name, index) => [name, pieces[index * 2 + 1]!.trim()]));
}
